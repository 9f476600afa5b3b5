import { createDetector, type Detector } from '../core/detector';
import type { Fact, Transition } from '../core/fact';
import type { ObservedHeartbeat, Phase } from '../core/observed-heartbeat';
import { type DetectorOptions, detectorSettings } from '../core/settings';
import type { DetectorSnapshot } from '../core/snapshot';

export interface FleetOptions extends DetectorOptions {
  /** Instances of service `shop`, named `shop-0`, `shop-1`, ...; default 1. */
  readonly members?: number;
  /** Delays of the copies of a message, in milliseconds; none: it is lost. Default: one copy after 50 ms. */
  readonly channel?: (message: Message) => readonly number[];
  /** Own canaries; default on. */
  readonly canaries?: boolean;
  readonly startMs?: number;
  readonly snapshot?: DetectorSnapshot;
}

/** What the channel may look at when it decides a message's fate. */
export interface Message {
  readonly sender: string;
  readonly seq: number;
  readonly sentMs: number;
}

/** One simulated process. Change its clocks, silence it, or let it speak as another incarnation. */
export interface FleetMember {
  readonly service: string;
  readonly id: string;
  incarnation: string;
  epoch: number;
  seq: number;
  phase: Phase;
  /** Sender's wall clock minus ours. */
  wallOffsetMs: number;
  startedMs: number;
  intervalMs: number;
  alive: boolean;
}

/**
 * A fleet, a channel and a detector in virtual time: no clock, no randomness, no waiting.
 *
 * Members send every T, evenly spread; the detector is advanced every T/10 and sends a canary every T/2.
 */
export class Fleet {
  readonly facts: Fact[] = [];
  readonly members = new Map<string, FleetMember>();
  readonly detector: Detector;
  channel: (message: Message) => readonly number[];
  canaries: boolean;
  nowMs: number;
  private readonly intervalMs: number;
  private readonly events: { readonly atMs: number; readonly run: () => void }[] = [];
  private stall: { readonly fromMs: number; readonly toMs: number } | undefined;
  private canarySeq = 0;

  constructor(options: FleetOptions = {}) {
    const { members = 1, channel, canaries = true, startMs = 1_000_000_000, snapshot, ...rest } = options;
    const settings = detectorSettings(rest);
    this.nowMs = startMs;
    this.intervalMs = settings.intervalMs;
    this.channel = channel ?? (() => [this.intervalMs / 200]);
    this.canaries = canaries;
    this.detector = createDetector({ settings, nowMs: startMs, snapshot });
    this.every(settings.tickMs, () => this.facts.push(...this.detector.advance(this.nowMs)));
    this.every(settings.canaryPeriodMs, () => this.sendCanary());
    for (let i = 0; i < members; i++) this.join(`shop-${i}`, { afterMs: (i * this.intervalMs) / members });
  }

  /** T, to write durations in. */
  get t(): number {
    return this.intervalMs;
  }

  join(id: string, { service = 'shop', afterMs = 0 } = {}): FleetMember {
    const member: FleetMember = {
      service,
      id,
      incarnation: `${id}/1`,
      epoch: 1,
      seq: 0,
      phase: 'up',
      wallOffsetMs: 0,
      startedMs: this.nowMs,
      intervalMs: this.intervalMs,
      alive: true,
    };
    this.members.set(id, member);
    this.after(afterMs, () => this.beatForEver(member));
    return member;
  }

  member(id: string): FleetMember {
    const member = this.members.get(id);
    if (member === undefined) throw new Error(`no member ${id}`);
    return member;
  }

  /** Dies without a word. */
  kill(...ids: readonly string[]): void {
    for (const id of ids) this.member(id).alive = false;
  }

  /** Says goodbye three times within T/20, with one sequence number, and ends. */
  leave(id: string): void {
    const member = this.member(id);
    member.alive = false;
    const goodbye = this.beatOf(member, 'goodbye');
    for (const share of [0, 1 / 40, 1 / 20]) this.after(share * this.intervalMs, () => this.send(goodbye));
  }

  /** Ends and starts again at once, under the same id. */
  restart(id: string, { epoch = this.member(id).epoch + 1 } = {}): void {
    const member = this.member(id);
    member.incarnation = `${id}/${epoch}`;
    member.epoch = epoch;
    member.seq = 0;
    member.startedMs = this.nowMs;
    if (member.alive) return;
    member.alive = true;
    this.beatForEver(member);
  }

  /** Sends one extra heartbeat of a member now. */
  beat(id: string): void {
    this.send(this.beatOf(this.member(id)));
  }

  /** A heartbeat as the member would send it now, not sent. */
  beatOf(member: FleetMember, phase: Phase = member.phase): ObservedHeartbeat {
    member.seq++;
    return {
      service: member.service,
      instanceId: member.id,
      incarnation: member.incarnation,
      epoch: member.epoch,
      seq: member.seq,
      sentAtMs: this.nowMs + member.wallOffsetMs,
      uptimeMs: this.nowMs - member.startedMs,
      intervalMs: member.intervalMs,
      state: phase,
    };
  }

  /** From now on nothing arrives for `durationMs`; then everything does at once, in order. */
  stallFor(durationMs: number): void {
    this.stall = { fromMs: this.nowMs, toMs: this.nowMs + durationMs };
  }

  send(beat: ObservedHeartbeat): void {
    this.transmit({ sender: beat.instanceId, seq: beat.seq, sentMs: this.nowMs }, () => {
      this.facts.push(...this.detector.heartbeat(beat, this.nowMs).facts);
    });
  }

  run(durationMs: number): void {
    const untilMs = this.nowMs + durationMs;
    for (let next = this.events[0]; next !== undefined && next.atMs <= untilMs; next = this.events[0]) {
      this.events.shift();
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = untilMs;
  }

  /** Runs until something is true; returns how long that took. Fails after `withinMs`. */
  runUntil(condition: () => boolean, withinMs: number): number {
    const startMs = this.nowMs;
    while (!condition()) {
      if (this.nowMs - startMs > withinMs) throw new Error(`not true within ${withinMs} ms`);
      this.run(this.intervalMs / 100);
    }
    return this.nowMs - startMs;
  }

  state(id: string): string | undefined {
    const member = this.members.get(id);
    return this.detector.instance(member?.service ?? 'shop', id)?.state;
  }

  transitions(to?: string): readonly Transition[] {
    return this.facts.filter(
      (fact): fact is Transition => fact.kind === 'transition' && (to === undefined || fact.to === to),
    );
  }

  after(delayMs: number, run: () => void): void {
    const event = { atMs: this.nowMs + delayMs, run };
    const place = this.events.findIndex(({ atMs }) => atMs > event.atMs);
    this.events.splice(place === -1 ? this.events.length : place, 0, event);
  }

  private every(periodMs: number, run: () => void): void {
    this.after(periodMs, () => {
      run();
      this.every(periodMs, run);
    });
  }

  private beatForEver(member: FleetMember): void {
    if (!member.alive) return;
    this.send(this.beatOf(member));
    this.after(member.intervalMs, () => this.beatForEver(member));
  }

  private sendCanary(): void {
    if (!this.canaries) return;
    const id = `canary-${this.canarySeq++}`;
    this.detector.canarySent(id, this.nowMs);
    this.transmit({ sender: 'canary', seq: this.canarySeq, sentMs: this.nowMs }, () => {
      this.detector.canaryReceived(id, this.nowMs);
    });
  }

  private transmit(message: Message, deliver: () => void): void {
    for (const transitMs of this.channel(message)) {
      const arrivesMs = this.nowMs + transitMs;
      const { fromMs, toMs } = this.stall ?? { fromMs: Infinity, toMs: Infinity };
      const held = arrivesMs >= fromMs && arrivesMs < toMs;
      this.after((held ? toMs : arrivesMs) - this.nowMs, deliver);
    }
  }
}
