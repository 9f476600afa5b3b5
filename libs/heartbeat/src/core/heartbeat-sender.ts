import { AggregateCarry } from './aggregate-carry';
import { BeatSchedule } from './beat-schedule';
import { HeartbeatOptionsError } from './errors';
import { buildHeartbeat, type Heartbeat, type HeartbeatIdentity, type HeartbeatState } from './heartbeat';
import { HEARTBEAT_LIMITS } from './heartbeat-limits';
import { validateHeartbeat } from './parse-heartbeat';
import type { CollectAggregates, HeartbeatPublisher, KeyedAggregate, Timers } from './ports';
import { settleWithin } from './settle-within';

export interface HeartbeatSenderOptions {
  readonly identity: HeartbeatIdentity;
  readonly publisher: HeartbeatPublisher;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Monotonic clock in milliseconds, 0 when the process started. */
  readonly monotonicMs: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly timers: Timers;
  /** From 1 s to 5 min; default 10 s. A publish that takes longer counts as failed. */
  readonly intervalMs?: number;
  readonly collectAggregates?: CollectAggregates;
  /** Told once an outage: of the first publish that fails after one that did not. Must not throw. */
  readonly onFailed?: (error: unknown) => void;
  /** Told once an outage: of the first publish that succeeds again, with how many had failed. Must not throw. */
  readonly onRecovered?: (failures: number) => void;
}

/** Counters since the start; for metrics and for the curious. */
export interface HeartbeatSenderStats {
  readonly published: number;
  readonly failed: number;
  readonly aggregatesDropped: number;
  /** The last failure of a publish, or of collecting aggregates. */
  readonly lastError?: unknown;
}

const ORDER: readonly HeartbeatState[] = ['starting', 'up', 'draining', 'goodbye'];

/** When the copies of a goodbye are sent, counted from the first; all within 500 ms. */
const GOODBYE_AT_MS = [0, 200, 400] as const;
/** How long a stopping process waits for the last copy to be taken. */
const GOODBYE_TIMEOUT_MS = 1_000;

/** Identity and aggregates get half of a message each, so that together they always fit. */
const HALF_A_MESSAGE = HEARTBEAT_LIMITS.messageCharacters / 2;

/**
 * Sends the heartbeats of one process.
 *
 *     start()     one beat at once, then one every interval, give or take 5 %
 *     markUp()    one beat at once, so that nobody waits an interval to see a change
 *     goodbye()   three copies within 500 ms, then silence
 *
 * A beat that cannot be published is counted and forgotten: the next one comes anyway and says more.
 * Its aggregates are carried over. Nothing here ever throws into the process that it speaks for.
 *
 * @throws {@link HeartbeatOptionsError} from the constructor for an identity or interval that monitors refuse.
 * @see Joshi, Patterns of Distributed Systems (2023), "HeartBeat".
 */
export class HeartbeatSender {
  private readonly carry = new AggregateCarry({
    perBeat: HEARTBEAT_LIMITS.edges,
    charactersPerBeat: HALF_A_MESSAGE,
    waiting: 4 * HEARTBEAT_LIMITS.edges,
  });
  private readonly intervalMs: number;
  private seq = 0;
  private state: HeartbeatState = 'starting';
  private next: { cancel(): void } | undefined;
  private leaving: Promise<number> | undefined;
  private published = 0;
  private failed = 0;
  /** Publishes that failed since the last one that did not. */
  private failedInARow = 0;
  private lastError: unknown;

  constructor(private readonly options: HeartbeatSenderOptions) {
    this.intervalMs = options.intervalMs ?? 10_000;
    requireAcceptable(this.build(1, []));
  }

  /** Begins to beat. A second call does nothing. */
  start(): void {
    if (this.next || this.state === 'goodbye') return;
    const { monotonicMs, random } = this.options;
    const schedule = new BeatSchedule(this.intervalMs, monotonicMs(), random);
    const wait = (): void => {
      this.next = this.options.timers.after(schedule.delayUntilNext(monotonicMs()), () => {
        wait();
        void this.beat();
      });
    };
    wait();
    void this.beat();
  }

  /** The process is ready for work. */
  markUp(): void {
    this.moveTo('up');
  }

  /** The process finishes what it has begun and takes nothing new. */
  markDraining(): void {
    this.moveTo('draining');
  }

  /**
   * Says goodbye and falls silent. Three copies, because one alone is lost as often as any message,
   * and each goodbye that is lost is a false death.
   *
   * @returns how many of the three were taken, after at most 1.4 s. Repeated calls share one goodbye.
   */
  goodbye(): Promise<number> {
    this.leaving ??= this.leave();
    return this.leaving;
  }

  /** Falls silent without a goodbye: to the monitor that is a death. */
  stop(): void {
    this.next?.cancel();
    this.state = 'goodbye';
  }

  get stats(): HeartbeatSenderStats {
    return {
      published: this.published,
      failed: this.failed,
      aggregatesDropped: this.carry.droppedTotal,
      ...(this.lastError !== undefined && { lastError: this.lastError }),
    };
  }

  private moveTo(state: HeartbeatState): void {
    if (ORDER.indexOf(state) <= ORDER.indexOf(this.state)) return;
    this.state = state;
    if (this.next) void this.beat();
  }

  private async beat(): Promise<void> {
    const aggregates = this.collect({ last: false });
    await this.publish(this.build((this.seq += 1), aggregates), aggregates);
  }

  private async leave(): Promise<number> {
    this.stop();
    const farewell = this.build((this.seq += 1), this.collect({ last: true }));
    const copies = GOODBYE_AT_MS.map((delayMs) => this.publishAfter(delayMs, farewell));
    const taken = await Promise.all(copies);
    return taken.filter(Boolean).length;
  }

  private publishAfter(delayMs: number, heartbeat: Heartbeat): Promise<boolean> {
    return new Promise((resolve) => {
      this.options.timers.after(delayMs, () => {
        resolve(this.publish(heartbeat, [], GOODBYE_TIMEOUT_MS));
      });
    });
  }

  private async publish(
    heartbeat: Heartbeat,
    aggregates: readonly KeyedAggregate[],
    timeoutMs = this.intervalMs,
  ): Promise<boolean> {
    const { publisher, timers } = this.options;
    const result = await settleWithin(timeoutMs, timers, () => publisher.publish(heartbeat));
    if (result.outcome === 'done') {
      this.noteSuccess();
      return true;
    }
    this.noteFailure(result.error);
    this.carry.giveBack(aggregates);
    return false;
  }

  private noteSuccess(): void {
    this.published += 1;
    const failures = this.failedInARow;
    this.failedInARow = 0;
    if (failures > 0) this.options.onRecovered?.(failures);
  }

  private noteFailure(error: unknown): void {
    this.failed += 1;
    this.lastError = error;
    this.failedInARow += 1;
    if (this.failedInARow === 1) this.options.onFailed?.(error);
  }

  private collect(options: { readonly last: boolean }): readonly KeyedAggregate[] {
    try {
      this.carry.add(this.options.collectAggregates?.(options) ?? []);
    } catch (error) {
      this.lastError = error; // the beat matters more than what rides on it
    }
    return this.carry.take();
  }

  private build(seq: number, aggregates: readonly KeyedAggregate[]): Heartbeat {
    return buildHeartbeat(this.options.identity, {
      seq,
      sentAtMs: this.options.now(),
      uptimeMs: this.options.monotonicMs(),
      intervalMs: this.intervalMs,
      state: this.state,
      edges: aggregates.map(({ aggregate }) => aggregate),
    });
  }
}

function requireAcceptable(sample: Heartbeat): void {
  const checked = validateHeartbeat(sample);
  if (checked.outcome === 'invalid') {
    throw new HeartbeatOptionsError(checked.reason === 'invalid_field' ? checked.field : '/');
  }
  // A little is kept back for numbers that grow: seq, uptime.
  if (JSON.stringify(sample).length > HALF_A_MESSAGE - 256) throw new HeartbeatOptionsError('/produces');
}
