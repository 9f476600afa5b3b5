import * as fc from 'fast-check';
import { InMemoryLimitStore } from '../in-memory';
import { type LamportClock, openLamportClock } from './lamport-clock';
import type { LimitStore } from './limit-store';

/** Loses answers: the write happened, the caller sees an error, or repeats the call as an SDK does. */
class LossyStore implements LimitStore {
  private readonly inner = new InMemoryLimitStore();
  fault: 'none' | 'reply lost' | 'repeated' | 'away' = 'none';

  reserve(service: string, amount: number): Promise<number> {
    return this.call(() => this.inner.reserve(service, amount));
  }

  raiseTo(service: string, limit: number): Promise<number> {
    return this.call(() => this.inner.raiseTo(service, limit));
  }

  private async call(write: () => Promise<number>): Promise<number> {
    if (this.fault === 'away') throw new Error('away');
    const answer = await write();
    if (this.fault === 'reply lost') throw new Error('reply lost');
    return this.fault === 'repeated' ? write() : answer;
  }
}

const SERVICES = ['a', 'b', 'a', 'c', 'b'] as const; // five processes of three services
const process = fc.nat({ max: SERVICES.length - 1 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('send' as const), from: process, to: process }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('tick' as const),
      at: process,
      times: fc.integer({ min: 1, max: 25 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), at: process }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      fault: fc.constantFrom('none', 'none', 'reply lost', 'repeated', 'away'),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Runs a history and keeps every stamp per process, with the highest per service. */
class World {
  readonly store = new LossyStore();
  readonly clocks: (LamportClock | undefined)[] = SERVICES.map(() => undefined);
  private readonly lastStamp: number[] = SERVICES.map(() => -1);
  private readonly highestOfService = new Map<string, number>();

  async run(step: Step): Promise<void> {
    if (step.kind === 'fault') this.store.fault = step.fault;
    else if (step.kind === 'crash') this.clocks[step.at] = undefined;
    else if (step.kind === 'tick')
      for (let count = 0; count < step.times; count += 1) await this.tick(step.at);
    else await this.send(step);
  }

  /** If A caused B, time(A) < time(B): the send, its receipt, and what the receiver stamps next. */
  private async send(step: { readonly from: number; readonly to: number }): Promise<void> {
    const sent = await this.tick(step.from);
    if (sent === undefined) return;
    const received = await this.attempt(step.to, async (clock) => {
      const merged = await clock.merge(sent);
      expect(merged.flagged).toBe(false);
      return merged.time;
    });
    if (received !== undefined) expect(received).toBeGreaterThan(sent);
    const next = received === undefined ? undefined : await this.tick(step.to);
    if (next !== undefined) expect(next).toBeGreaterThan(sent);
  }

  private tick(at: number): Promise<number | undefined> {
    return this.attempt(at, (clock) => clock.tick());
  }

  /** Never backwards: within a process, and over the restarts of every replica of its service. */
  private async attempt(
    at: number,
    act: (clock: LamportClock) => Promise<number>,
  ): Promise<number | undefined> {
    const service = SERVICES[at] ?? 'a';
    const before = this.highestOfService.get(service) ?? -1;
    try {
      if (!this.clocks[at]) {
        const opened = await openLamportClock({ service, store: this.store, reserveTicks: 10 });
        expect(opened.epoch).toBeGreaterThanOrEqual(before);
        this.clocks[at] = opened;
      }
      const clock = this.clocks[at];
      const stamp = await act(clock);
      expect(stamp).toBeGreaterThan(this.lastStamp[at] ?? -1);
      this.lastStamp[at] = stamp;
      this.highestOfService.set(service, Math.max(before, stamp));
      return stamp;
    } catch (error) {
      if (error instanceof Error && /away|reply lost/.test(error.message)) return undefined;
      throw error;
    }
  }
}

describe('clock laws over crashes, restarts and lost replies', () => {
  it('never runs backwards, and a cause always has a lower time than its effect', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (history) => {
        const world = new World();
        for (const each of history) await world.run(each);
      }),
      { numRuns: 300 },
    );
  });

  it('merges to the same time or a later one for a later remote time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 1_000_000 }),
        fc.nat({ max: 1_000_000 }),
        fc.nat({ max: 30 }),
        async (x, y, own) => {
          const times = await Promise.all(
            [Math.min(x, y), Math.max(x, y)].map(async (remote) => {
              const clock = await openLamportClock({
                service: 'a',
                store: new InMemoryLimitStore(),
                reserveTicks: 10,
              });
              for (let count = 0; count < own; count += 1) await clock.tick();
              return (await clock.merge(remote)).time;
            }),
          );
          expect(times[0]).toBeLessThanOrEqual(times[1] ?? 0);
        },
      ),
    );
  });
});
