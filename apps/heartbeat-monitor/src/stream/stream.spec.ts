import { assert, integer, property } from 'fast-check';
import { EventLog } from './event-log';
import { StreamClients, type StreamOutput } from './stream-clients';

class Output implements StreamOutput {
  text = '';
  writableLength = 0;
  ended = false;
  destroyed = false;
  private closed = (): void => undefined;

  write(text: string): void {
    this.text += text;
  }
  end(): void {
    this.ended = true;
  }
  destroy(): void {
    this.destroyed = true;
    this.closed();
  }
  on(_event: 'close', listener: () => void): void {
    this.closed = listener;
  }
  close(): void {
    this.closed();
  }
  get events(): readonly string[] {
    return [...this.text.matchAll(/^event: (.+)$/gm)].map(([, type = '']) => type);
  }
}

const clientsOn = (events: EventLog, maxClients = 2) =>
  new StreamClients({ events, maxClients, snapshot: () => ({ services: [] }) });

describe('EventLog', () => {
  test('gives everything after any event it still has, and a gap before that', () => {
    assert(
      property(integer({ min: 0, max: 60 }), integer({ min: 0, max: 70 }), (count, known) => {
        const log = new EventLog(7, 20);
        for (let n = 1; n <= count; n += 1) log.append('n', n);
        const missed = log.after(`7-${known}`);
        if (known > count || count - known > 20) expect(missed).toEqual({ outcome: 'gap' });
        else expect(missed).toMatchObject({ outcome: 'known', events: { length: count - known } });
      }),
    );
  });

  test.each(['8-1', 'x', '', '7-', '7-99999999999999999999'])(
    'calls %j, which it never gave out, a gap',
    (id) => {
      const log = new EventLog(7);
      log.append('n', 1);
      expect(log.after(id)).toEqual({ outcome: 'gap' });
    },
  );
});

describe('StreamClients', () => {
  test('tells a new listener everything, and then what happens', () => {
    const events = new EventLog(7);
    events.append('early', 1);
    const output = new Output();
    clientsOn(events).add(output, undefined);
    events.append('late', { name: 'a\nb' });
    expect(output.events).toEqual(['snapshot', 'late']);
    expect(output.text).toContain('id: 7-2\nevent: late\ndata: {"name":"a\\nb"}\n\n');
  });

  test('goes on where a connection broke', () => {
    const events = new EventLog(7);
    for (const type of ['one', 'two', 'three']) events.append(type, null);
    const output = new Output();
    clientsOn(events).add(output, '7-1');
    expect(output.events).toEqual(['two', 'three']);
  });

  test('tells everything anew to who comes from another replica or another start', () => {
    const output = new Output();
    clientsOn(new EventLog(8)).add(output, '7-1');
    expect(output.events).toEqual(['snapshot']);
  });

  test('cuts off a listener that does not read, and frees its place', () => {
    const events = new EventLog(7);
    const clients = clientsOn(events, 1);
    const output = new Output();
    clients.add(output, undefined);
    expect(clients.isFull).toBe(true);
    output.writableLength = 2 ** 21;
    events.append('n', 1);
    expect(output.destroyed).toBe(true);
    expect(clients.isFull).toBe(false);
  });

  test('writes nothing to a listener that is gone', () => {
    const events = new EventLog(7);
    const clients = clientsOn(events);
    const output = new Output();
    clients.add(output, undefined);
    output.close();
    const before = output.text;
    events.append('n', 1);
    clients.keepAlive();
    expect(output.text).toBe(before);
  });

  test('ends every connection at the stop', () => {
    const clients = clientsOn(new EventLog(7));
    const output = new Output();
    clients.add(output, undefined);
    clients.close();
    expect(output.ended).toBe(true);
  });
});
