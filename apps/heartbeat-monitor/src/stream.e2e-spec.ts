import type { AddressInfo } from 'node:net';
import { eventually } from '@latido/testing';
import { MemoryMonitor } from './testing/memory-monitor';

/** Listens to the stream and keeps what it said. */
class Listener {
  text = '';
  private readonly abort = new AbortController();

  constructor(readonly response: Response) {
    void this.read();
  }

  static async connect(monitor: MemoryMonitor, lastEventId?: string, query = ''): Promise<Listener> {
    const { server } = monitor.host;
    if (!server.listening) await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const headers: Record<string, string> = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
    return new Listener(await fetch(`http://127.0.0.1:${port}/api/stream${query}`, { headers }));
  }

  get events(): readonly string[] {
    return [...this.text.matchAll(/^event: (.+)$/gm)].map(([, type = '']) => type);
  }

  get told(): readonly { readonly id: string; readonly data: unknown }[] {
    const events = this.text.matchAll(/^id: (.+)\nevent: .+\ndata: (.+)$/gm);
    return [...events].map(([, id = '', data = '']) => ({ id, data: JSON.parse(data) as unknown }));
  }

  get lastId(): string {
    return [...this.text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '';
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.response.body ?? []) this.text += decoder.decode(chunk as Uint8Array);
  }
}

describe('GET /api/stream', () => {
  let monitor: MemoryMonitor;
  beforeEach(async () => {
    monitor = await MemoryMonitor.start(undefined, { STREAM_MAX_CLIENTS: '2' });
  });
  afterEach(async () => {
    monitor.app.clients.close();
    await monitor.close();
  });

  test('begins with everything, then tells each change as it happens', async () => {
    const listener = await Listener.connect(monitor);
    expect(listener.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await monitor.hear({ service: 'shop', instanceId: 'shop-0', seq: 1 });
    await eventually(() => expect(listener.events).toEqual(['snapshot', 'transition', 'service']), {
      withinMs: 2_000,
    });
    expect(listener.text).toContain('"to":"up"');
  });

  test('goes on where a connection broke', async () => {
    const first = await Listener.connect(monitor);
    await eventually(() => expect(first.lastId).not.toBe(''), { withinMs: 2_000 });
    await monitor.hear({ service: 'shop', instanceId: 'shop-0', seq: 1 });
    const again = await Listener.connect(monitor, first.lastId);
    await eventually(() => expect(again.events).toEqual(['transition', 'service']), { withinMs: 2_000 });
  });

  test('goes on for a listener that can only say in the query where it was', async () => {
    const first = await Listener.connect(monitor);
    await eventually(() => expect(first.lastId).not.toBe(''), { withinMs: 2_000 });
    await monitor.hear({ service: 'shop', instanceId: 'shop-0', seq: 1 });
    const again = await Listener.connect(monitor, undefined, `?lastEventId=${first.lastId}`);
    await eventually(() => expect(again.events).toEqual(['transition', 'service']), { withinMs: 2_000 });
  });

  test('gives every event an id of its own, and says how old its facts are', async () => {
    const listener = await Listener.connect(monitor);
    await monitor.hear({ service: 'shop', instanceId: 'shop-0', seq: 1 });
    await eventually(() => expect(listener.told).toHaveLength(3), { withinMs: 2_000 });
    expect(new Set(listener.told.map(({ id }) => id)).size).toBe(3);
    const [snapshot, transition, service] = listener.told.map(({ data }) => data);
    const asOf = { asOf: expect.any(String), factsAgeMs: expect.any(Number), blind: true };
    expect(snapshot).toMatchObject({ status: asOf });
    expect(transition).toMatchObject({ at: expect.any(String) });
    expect(service).toMatchObject({ ...asOf, service: 'shop' });
  });

  test('tells everything anew after an id that it does not know', async () => {
    const listener = await Listener.connect(monitor, '999-1');
    await eventually(() => expect(listener.events).toEqual(['snapshot']), { withinMs: 2_000 });
  });

  test('refuses more listeners than it may have', async () => {
    const [, , third] = [
      await Listener.connect(monitor),
      await Listener.connect(monitor),
      await Listener.connect(monitor),
    ];
    expect(third?.response.status).toBe(503);
  });
});
