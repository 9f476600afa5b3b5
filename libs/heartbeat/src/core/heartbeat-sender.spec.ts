import { RecordingPublisher } from '../in-memory';
import { aHeartbeat, VirtualTimers } from '../testing';
import { HeartbeatOptionsError } from './errors';
import { HeartbeatSender, type HeartbeatSenderOptions } from './heartbeat-sender';
import { validateHeartbeat } from './parse-heartbeat';

const START_MS = 1_795_324_547_000;

function setUp(override: Partial<HeartbeatSenderOptions> = {}) {
  const timers = new VirtualTimers();
  const publisher = new RecordingPublisher();
  const sender = new HeartbeatSender({
    identity: aHeartbeat(),
    publisher,
    now: () => START_MS + timers.nowMs + 0.25,
    monotonicMs: () => timers.nowMs + 0.25,
    random: () => 0.5,
    timers,
    ...override,
  });
  const seen = <K extends 'seq' | 'state' | 'uptimeMs' | 'edges'>(name: K) =>
    publisher.heartbeats.map((heartbeat) => heartbeat[name]);
  return { timers, publisher, sender, seen };
}

describe('HeartbeatSender', () => {
  it('beats at once and then every interval', async () => {
    const { timers, sender, seen } = setUp();
    sender.start();
    await timers.advance(30_000);
    expect(seen('uptimeMs')).toEqual([0, 10_000, 20_000, 30_000]);
    expect(seen('seq')).toEqual([1, 2, 3, 4]);
  });

  it('says who it is and when it is, in whole milliseconds', async () => {
    const { timers, publisher, sender } = setUp();
    sender.start();
    await timers.advance(0);
    expect(publisher.heartbeats[0]).toEqual(
      aHeartbeat({ state: 'starting', sentAtMs: START_MS, uptimeMs: 0, intervalMs: 10_000 }),
    );
  });

  it('beats every 5 % earlier or later at most', async () => {
    let turn = 0;
    const { timers, sender, seen } = setUp({ random: () => ((turn += 1) % 2 === 0 ? 0.999_999 : 0) });
    sender.start();
    await timers.advance(41_000);
    expect(seen('uptimeMs')).toEqual([0, 9_750, 20_250, 29_750, 40_250]);
  });

  it('does not beat twice as often when it is started twice', async () => {
    const { timers, sender, seen } = setUp();
    sender.start();
    sender.start();
    await timers.advance(10_000);
    expect(seen('seq')).toEqual([1, 2]);
  });

  it('tells each change of state at once and keeps its schedule', async () => {
    const { timers, sender, seen } = setUp();
    sender.start();
    await timers.advance(3_000);
    sender.markUp();
    await timers.advance(9_000);
    sender.markDraining();
    await timers.advance(8_000);
    expect(seen('state')).toEqual(['starting', 'up', 'up', 'draining', 'draining']);
    expect(seen('uptimeMs')).toEqual([0, 3_000, 10_000, 12_000, 20_000]);
  });

  it('never goes back in state', async () => {
    const { timers, sender, seen } = setUp();
    sender.start();
    sender.markDraining();
    sender.markUp();
    sender.markDraining();
    await timers.advance(0);
    expect(seen('state')).toEqual(['starting', 'draining']);
  });

  it('goes on beating when publishing fails, and counts it', async () => {
    const { timers, publisher, sender, seen } = setUp();
    publisher.failing = true;
    sender.start();
    await timers.advance(20_000);
    publisher.failing = false;
    await timers.advance(10_000);
    expect(seen('seq')).toEqual([4]);
    expect(sender.stats).toMatchObject({
      published: 1,
      failed: 3,
      lastError: new Error('the channel is away'),
    });
  });

  it('goes on beating when a publish never answers, and counts it as failed', async () => {
    const publisher = { publish: () => new Promise<void>(() => undefined) };
    const { timers, sender } = setUp({ publisher });
    sender.start();
    await timers.advance(35_000);
    expect(sender.stats).toMatchObject({ published: 0, failed: 3 });
  });

  it('tells of an outage once when it begins, and once when it is over', async () => {
    const told: string[] = [];
    const { timers, publisher, sender } = setUp({
      onFailed: (error) => told.push(String(error)),
      onRecovered: (failures) => told.push(`back after ${failures}`),
    });
    sender.start();
    for (const failing of [false, true, false, true]) {
      publisher.failing = failing;
      await timers.advance(30_000);
    }
    expect(told).toEqual(['Error: the channel is away', 'back after 3', 'Error: the channel is away']);
  });

  it('goes on beating when a publisher throws instead of rejecting', async () => {
    const publisher = {
      publish: () => {
        throw new Error('bug');
      },
    };
    const { timers, sender } = setUp({ publisher });
    sender.start();
    await timers.advance(10_000);
    expect(sender.stats.failed).toBe(2);
  });

  it('refuses what no monitor would accept', () => {
    expect(() => setUp({ identity: { ...aHeartbeat(), service: 'no good' } })).toThrow(
      expect.objectContaining({ code: 'heartbeat_options_invalid', field: '/service' }),
    );
    expect(() => setUp({ intervalMs: 500 })).toThrow(HeartbeatOptionsError);
  });

  it('refuses contracts that leave no room for anything else', () => {
    const contracts = Array.from({ length: 16 }, () => 'c'.repeat(128));
    const produces = Array.from({ length: 32 }, () => ({ topic: 't', contracts }));
    expect(() => setUp({ identity: { ...aHeartbeat(), produces } })).toThrow(
      expect.objectContaining({ field: '/produces' }),
    );
  });

  describe('with edge aggregates', () => {
    const on = (topic: string, delivered: number) => ({ key: topic, aggregate: { topic, delivered } });

    it('collects them once a beat', async () => {
      let collected = 0;
      const collectAggregates = () => [on('a', (collected += 1))];
      const { timers, sender, seen } = setUp({ collectAggregates });
      sender.start();
      await timers.advance(10_000);
      expect(seen('edges')).toEqual([[{ topic: 'a', delivered: 1 }], [{ topic: 'a', delivered: 2 }]]);
    });

    it('sends those of a failed beat with the next one', async () => {
      const batches = [[on('a', 1)], [on('b', 1)]];
      const { timers, publisher, sender, seen } = setUp({ collectAggregates: () => batches.shift() ?? [] });
      publisher.failing = true;
      sender.start();
      await timers.advance(0);
      publisher.failing = false;
      await timers.advance(10_000);
      expect(seen('edges')).toEqual([
        [
          { topic: 'a', delivered: 1 },
          { topic: 'b', delivered: 1 },
        ],
      ]);
    });

    it('spreads more than fit on one beat over the next ones, and every beat is acceptable', async () => {
      const many = Array.from({ length: 100 }, (_, index) => on(`topic-${index}`, index));
      const batches = [many];
      const { timers, publisher, sender, seen } = setUp({ collectAggregates: () => batches.shift() ?? [] });
      sender.start();
      await timers.advance(10_000);
      expect(seen('edges').map((edges) => edges.length)).toEqual([64, 36]);
      expect(publisher.heartbeats.every((each) => validateHeartbeat(each).outcome === 'valid')).toBe(true);
    });

    it('beats without them when collecting them fails', async () => {
      const collectAggregates = () => {
        throw new Error('bug');
      };
      const { timers, sender, seen } = setUp({ collectAggregates });
      sender.start();
      await timers.advance(0);
      expect(seen('edges')).toEqual([[]]);
      expect(sender.stats.lastError).toEqual(new Error('bug'));
    });
  });

  describe('goodbye', () => {
    it('is sent three times within 500 ms with one seq, and then there is silence', async () => {
      const { timers, publisher, sender } = setUp();
      sender.start();
      await timers.advance(25_000);
      const said = sender.goodbye();
      await timers.advance(499);
      const copies = publisher.heartbeats.filter(({ state }) => state === 'goodbye');
      expect(copies).toHaveLength(3);
      expect(new Set(copies.map((copy) => JSON.stringify(copy))).size).toBe(1);
      expect(copies[0]?.seq).toBe(4);
      await expect(said).resolves.toBe(3);
      await timers.advance(60_000);
      expect(publisher.heartbeats).toHaveLength(6);
      expect(timers.pending).toBe(0);
    });

    it('carries the last aggregates', async () => {
      const { timers, sender, seen } = setUp({
        collectAggregates: ({ last }) => [{ key: 'a', aggregate: { last } }],
      });
      sender.start();
      await timers.advance(0);
      void sender.goodbye();
      await timers.advance(500);
      expect(seen('edges')).toEqual([
        [{ last: false }],
        [{ last: true }],
        [{ last: true }],
        [{ last: true }],
      ]);
    });

    it('is one goodbye when it is asked for twice', async () => {
      const { timers, sender, publisher } = setUp();
      const both = Promise.all([sender.goodbye(), sender.goodbye()]);
      await timers.advance(500);
      expect(await both).toEqual([3, 3]);
      expect(publisher.heartbeats).toHaveLength(3);
    });

    it('ends after 1.4 s when the channel never answers', async () => {
      const publisher = { publish: () => new Promise<void>(() => undefined) };
      const { timers, sender } = setUp({ publisher });
      let taken: number | undefined;
      void sender.goodbye().then((count) => (taken = count));
      await timers.advance(1_399);
      expect(taken).toBeUndefined();
      await timers.advance(1);
      expect(taken).toBe(0);
    });

    it('is not followed by a start or another state', async () => {
      const { timers, sender, seen } = setUp();
      void sender.goodbye();
      sender.start();
      sender.markUp();
      await timers.advance(20_000);
      expect(seen('state')).toEqual(['goodbye', 'goodbye', 'goodbye']);
    });
  });

  it('falls silent without a goodbye when it is stopped', async () => {
    const { timers, sender, seen } = setUp();
    sender.start();
    await timers.advance(0);
    sender.stop();
    await timers.advance(60_000);
    expect(seen('state')).toEqual(['starting']);
  });
});

describe('a typical heartbeat', () => {
  it('is under 1 KB of JSON with two edges', () => {
    const edges = ['state-events', 'receipts'].map((topic) => ({
      role: 'consumer',
      source: '/service-a',
      epoch: 12_000,
      topic,
      counts: [123_456, 12, 3, 4, 0],
      window: { highest: 123_456, delivered: 'r'.repeat(40) },
      latency: Array.from({ length: 16 }, (_, index) => index * 37),
    }));
    expect(JSON.stringify(aHeartbeat({ edges })).length).toBeLessThan(1_024);
  });
});
