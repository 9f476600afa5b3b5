import { Writable } from 'node:stream';
import type { Log } from '../core/log';
import { createLogger } from './create-logger';

describe('createLogger', () => {
  const written = (write: (log: Log) => void): unknown[] => {
    const lines: unknown[] = [];
    const destination = new Writable({
      write: (chunk: Buffer, _encoding, done) => (lines.push(JSON.parse(chunk.toString())), done()),
    });
    write(createLogger({ service: 'service-a', instanceId: 'i-1', level: 'info', destination }));
    return lines;
  };

  it('writes one JSON line an event, with who says it', () => {
    const lines = written((log) => log.info({ event: 'event_accepted', event_id: 'e1' }, 'accepted'));
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'info',
        service: 'service-a',
        instance_id: 'i-1',
        event: 'event_accepted',
        event_id: 'e1',
        msg: 'accepted',
      }),
    ]);
  });

  it('hides what stands where secrets stand', () => {
    const secret = { headers: { authorization: 'Bearer x' }, token: 'x' };
    const [line] = written((log) => log.warn({ event: 'e', token: 'x', request: secret }, 'm'));
    expect(JSON.stringify(line)).not.toContain('"x"');
    expect(JSON.stringify(line)).not.toContain('Bearer');
  });

  it('writes nothing below its level', () => {
    expect(written((log) => log.debug({ event: 'e' }, 'm'))).toEqual([]);
  });
});
