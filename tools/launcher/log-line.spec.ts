import { formatLine } from './log-line';

const source = { name: 'service-a', width: 11 };

describe('formatLine', () => {
  test('makes time, message and fields of a JSON log line', () => {
    const line = JSON.stringify({
      level: 30,
      time: Date.UTC(2026, 0, 2, 3, 4, 5),
      pid: 7,
      hostname: 'h',
      msg: 'event accepted',
      event_id: 'e-1',
      counts: { new: 2 },
    });
    expect(formatLine(line, source)).toBe(
      'service-a   | 03:04:05 event accepted event_id=e-1 counts={"new":2}',
    );
  });

  test.each([
    [40, 'WARN '],
    [50, 'ERROR '],
    [60, 'FATAL '],
    [30, ''],
  ])('says level %i as "%s"', (level, word) => {
    expect(formatLine(JSON.stringify({ level, msg: 'odd' }), source)).toBe(`service-a   | ${word}odd`);
  });

  test('uses the event where there is no message', () => {
    expect(formatLine('{"event":"local_aws_ready","url":"u"}', source)).toBe(
      'service-a   | local_aws_ready url=u',
    );
  });

  test('leaves every other line as it is', () => {
    expect(formatLine('    at main.js:1', source)).toBe('service-a   |     at main.js:1');
    expect(formatLine('{broken', source)).toBe('service-a   | {broken');
  });

  test('cuts long values', () => {
    const line = formatLine(JSON.stringify({ msg: 'm', body: 'x'.repeat(500) }), source);
    expect(line.length).toBeLessThan(160);
    expect(line.endsWith('...')).toBe(true);
  });

  test('colours only the name, and only when asked to', () => {
    expect(formatLine('plain', { ...source, colour: 1 })).toBe('\u001B[32mservice-a  \u001B[0m | plain');
  });
});
