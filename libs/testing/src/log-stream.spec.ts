import { LogStream } from './log-stream';

describe('LogStream', () => {
  test('tells JSON log lines from other text', () => {
    const log = new LogStream();
    for (const line of ['{"event":"ready"}', 'Warning: odd', '{not json']) log.add(line);
    expect(log.entries).toEqual([{ event: 'ready' }]);
    expect(log.text).toEqual(['Warning: odd', '{not json']);
  });

  test('finds an entry that came before the question', async () => {
    const log = new LogStream();
    log.add('{"event":"ready"}');
    expect(await log.find(({ event }) => event === 'ready', { withinMs: 10 })).toEqual({ event: 'ready' });
  });

  test('waits for an entry that comes later', async () => {
    const log = new LogStream();
    const found = log.find(({ event }) => event === 'ready', { withinMs: 1000 });
    log.add('{"event":"starting"}');
    log.add('{"event":"ready"}');
    expect(await found).toEqual({ event: 'ready' });
  });

  test('fails at once when the process ended, whether asked before or after', async () => {
    const log = new LogStream();
    const before = log.find(() => true, { withinMs: 60_000 });
    log.end(new Error('ended with 1'));
    await expect(before).rejects.toThrow('ended with 1');
    await expect(log.find(() => true, { withinMs: 60_000 })).rejects.toThrow('ended with 1');
  });

  test('says what was printed when the line does not come in time', async () => {
    const log = new LogStream();
    log.add('a stack trace');
    await expect(log.find(() => true, { withinMs: 5 })).rejects.toThrow('a stack trace');
  });
});
