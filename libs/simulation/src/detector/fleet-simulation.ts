import { type Random, seededRandom } from '../core/seeded-random';
import type { Condition, MonitorFaults } from './condition';
import { DetectorUnderTest, type SimulatedBeat } from './detector-under-test';
import { EventHeap } from './event-heap';
import { FixedTimeout, Lease, PhiAccrual, type ReferenceDetector } from './reference-detectors';
import { type Score, Scorer } from './scorer';
import { SimulatedChannel, type Stall } from './simulated-channel';
import type { SimulatedMember } from './simulated-member';

export interface FleetRun {
  readonly condition: Condition;
  readonly members: number;
  readonly seed: number;
  /** How long is measured, after the learning time. */
  readonly measuredMs: number;
  /** Time for k to be learned; wrong verdicts in it are reported apart. */
  readonly learningMs: number;
  /** Run the reference detectors too. */
  readonly references: boolean;
}

/** Everything measured in one run. */
export interface Measurement {
  readonly condition: Condition;
  readonly members: number;
  readonly instanceDays: number;
  readonly scores: readonly Score[];
  readonly blindShare: number;
  readonly blindPeriods: number;
  readonly longestBlindMs: number;
  readonly missedBeats: number;
  /** From the deaths of many at once to the alarm. */
  readonly massAlarmMs: readonly number[];
  readonly massDeaths: number;
  readonly wrongWhileLearning: number;
}

const minuteMs = 60_000;
/** Nobody ends and nothing stalls in the last minutes: every death has the time to be declared. */
const tailMs = 8 * minuteMs;
const replacedAfterMs = 3 * minuteMs;
/** How long the monitor takes to read what has waited for it. */
const unreadDrainMs = { least: 200, most: 2_000 };

/** Runs one fleet under one condition before our detector and all reference detectors at once. */
export function runFleet(run: FleetRun): Measurement {
  const simulation = new FleetSimulation(run);
  return simulation.measure();
}

class FleetSimulation {
  private readonly random: Random;
  private readonly heap = new EventHeap<() => void>();
  private readonly channel: SimulatedChannel;
  private readonly tested: DetectorUnderTest;
  private readonly references: readonly ReferenceDetector<SimulatedMember>[];
  private readonly everybody: SimulatedMember[] = [];
  private readonly fleet: SimulatedMember[] = [];
  private readonly massDeathsMs: number[] = [];
  private readonly startMs = 1_700_000_000_000;
  private readonly fromMs: number;
  private readonly calmMs: number;
  private readonly endMs: number;
  private nowMs = this.startMs;
  private made = 0;
  private canaries = 0;
  private drainedMs = 0;
  private stallToMs = 0;
  private monitorIsBackMs = 0;
  private aliveMs = 0;

  constructor(private readonly run: FleetRun) {
    this.random = seededRandom(run.seed);
    this.channel = new SimulatedChannel(run.condition.channel, this.random);
    this.tested = new DetectorUnderTest({
      nowMs: this.startMs,
      fixedMissedBeats: run.condition.fixedMissedBeats,
      restarts: run.condition.monitor?.kind === 'restart',
    });
    this.references = run.references ? makeReferences(this.tested.intervalMs) : [];
    this.fromMs = this.startMs + run.learningMs;
    this.calmMs = this.fromMs + run.measuredMs;
    this.endMs = this.calmMs + tailMs;
  }

  measure(): Measurement {
    this.begin();
    this.runUntil(this.fromMs);
    const wrongWhileLearning = this.tested.scorer.wrongSoFar;
    const wrongBefore = this.references.map(({ scorer }) => scorer.wrongSoFar);
    this.tested.forgetBlindness();
    this.aliveMs = 0;
    this.runUntil(this.endMs);
    for (const reference of this.references) reference.finish(this.endMs);
    const { condition, members } = this.run;
    const scores = [
      this.tested.scorer.finish(this.everybody, { wrongBefore: wrongWhileLearning, fromMs: this.fromMs }),
      ...this.references.map(({ scorer }, i) =>
        scorer.finish(this.everybody, { wrongBefore: wrongBefore[i] ?? 0, fromMs: this.fromMs }),
      ),
    ];
    const { blindMs, blindPeriods, longestBlindMs, missedBeats = 0 } = this.tested;
    return {
      condition,
      members,
      instanceDays: this.aliveMs / 86_400_000,
      scores,
      blindShare: blindMs / (this.endMs - this.fromMs),
      blindPeriods,
      longestBlindMs,
      missedBeats,
      massAlarmMs: this.massAlarms(),
      massDeaths: this.massDeathsMs.length,
      wrongWhileLearning,
    };
  }

  private massAlarms(): readonly number[] {
    return this.massDeathsMs.flatMap((diedMs) => {
      const alarmMs = this.tested.massAlarmsMs.find((atMs) => atMs >= diedMs && atMs < diedMs + minuteMs);
      return alarmMs === undefined ? [] : [alarmMs - diedMs];
    });
  }

  private begin(): void {
    const { members, condition } = this.run;
    for (let place = 0; place < members; place++) this.join(place, this.random() * this.tested.intervalMs);
    this.every(this.tested.tickMs, () => this.tick());
    this.every(this.tested.canaryPeriodMs, () => this.sendCanary());
    const { monitor } = condition;
    const { stalls } = condition.channel;
    if (stalls !== undefined) this.often(stalls.everyMs, () => this.beginStall(stalls));
    if (monitor !== undefined) this.often(monitor.everyMs, () => this.stopMonitor(monitor));
    this.after(this.fromMs - this.startMs, () => this.beginEndings());
  }

  private beginEndings(): void {
    const { endings } = this.run.condition;
    if (endings.kind === 'none') return;
    if (endings.kind === 'mass') this.often(10 * minuteMs, () => this.killShare(endings.share));
    else if (endings.kind === 'rolling') this.often(30 * minuteMs, () => this.deploy());
    else this.often(endingEveryMs(this.run.members), () => this.endOne());
  }

  private runUntil(untilMs: number): void {
    for (let next = this.heap.take(); next !== undefined; next = this.heap.take()) {
      if (next.atMs > untilMs) {
        this.heap.add(next.atMs, next.event);
        break;
      }
      this.nowMs = next.atMs;
      next.event();
    }
    this.nowMs = untilMs;
  }

  private tick(): void {
    this.aliveMs += this.fleet.length * this.tested.tickMs;
    if (this.monitorIsAway) return;
    this.tested.advance(this.nowMs);
    for (const reference of this.references) reference.advance(this.nowMs);
  }

  private get monitorIsAway(): boolean {
    return this.nowMs < this.monitorIsBackMs;
  }

  private join(place: number, afterMs: number): void {
    const { clocks, pauses, restarts } = this.run.condition.senders ?? {};
    const member: SimulatedMember = {
      id: `i${this.made++}`,
      place,
      incarnation: 1,
      startedMs: this.nowMs + afterMs,
      wallOffsetMs: clocks === undefined ? 0 : this.offset(clocks.offByMs),
      seq: 0,
      running: true,
      unheard: true,
      pausedUntilMs: 0,
    };
    this.everybody.push(member);
    this.fleet.push(member);
    this.after(afterMs, () => this.beat(member));
    if (clocks?.stepEveryMs !== undefined) {
      this.whileRunning(
        member,
        clocks.stepEveryMs,
        () => (member.wallOffsetMs = this.offset(clocks.offByMs)),
      );
    }
    if (restarts !== undefined) this.whileRunning(member, restarts.everyMs, () => this.restart(member));
    if (pauses !== undefined) {
      this.whileRunning(member, pauses.everyMs, () => {
        if (this.nowMs < member.pausedUntilMs) return; // Else two pauses make one that is too long.
        member.pausedUntilMs = this.nowMs + 1_000 + this.random() * (pauses.mostMs - 1_000);
      });
    }
  }

  private restart(member: SimulatedMember): void {
    member.incarnation++;
    member.startedMs = this.nowMs;
    member.seq = 0;
  }

  private offset(offByMs: number): number {
    return (2 * this.random() - 1) * offByMs;
  }

  private beat(member: SimulatedMember): void {
    if (!member.running) return;
    if (this.nowMs < member.pausedUntilMs) {
      this.after(member.pausedUntilMs - this.nowMs, () => this.beat(member));
      return;
    }
    this.send(this.beatOf(member, false));
    this.after(this.tested.intervalMs * (0.95 + 0.1 * this.random()), () => this.beat(member));
  }

  private beatOf(member: SimulatedMember, goodbye: boolean): SimulatedBeat {
    member.seq++;
    const sentAtMs = this.nowMs + member.wallOffsetMs;
    const { incarnation, seq } = member;
    return { member, incarnation, seq, sentAtMs, uptimeMs: this.nowMs - member.startedMs, goodbye };
  }

  private send(beat: SimulatedBeat): void {
    const { member, goodbye } = beat;
    const slow = member.place === 0 && this.run.condition.channel.slowSenderMs !== undefined;
    for (const atMs of this.channel.arrivals({ sender: member.place, slow, sentMs: this.nowMs })) {
      this.heap.add(atMs, () => {
        member.unheard = false;
        this.tested.arrived(beat, this.nowMs);
        for (const reference of this.references) {
          if (goodbye) reference.goodbye(member, this.nowMs);
          else reference.arrived(member, this.nowMs);
        }
      });
    }
  }

  private sendCanary(): void {
    if (this.monitorIsAway) return;
    const id = `c${this.canaries++}`;
    this.tested.canarySent(id, this.nowMs);
    for (const atMs of this.channel.arrivals({ sender: -1, slow: false, sentMs: this.nowMs })) {
      this.heap.add(atMs, () => {
        this.tested.canaryArrived(id, this.nowMs);
        this.tested.advance(this.nowMs);
      });
    }
  }

  private beginStall({ leastMs, mostMs }: { readonly leastMs: number; readonly mostMs: number }): void {
    this.holdBack(this.channel.stallFor(leastMs + this.random() * (mostMs - leastMs), this.nowMs));
  }

  /** All that listen on this side are away, and what is sent meanwhile waits for them. */
  private stopMonitor({ kind, leastMs, mostMs }: MonitorFaults): void {
    const awayMs = leastMs + this.random() * (mostMs - leastMs);
    const stall = this.channel.stallFor(awayMs, this.nowMs, unreadDrainMs);
    this.monitorIsBackMs = stall.toMs;
    if (kind === 'restart') this.after(awayMs, () => this.tested.restart(this.nowMs));
    this.holdBack(stall);
  }

  private holdBack({ toMs, drainedMs }: Stall): void {
    this.stallToMs = toMs;
    this.drainedMs = drainedMs;
    // So that some always die while nothing is delivered.
    if (this.run.condition.endings.kind === 'death') this.after((toMs - this.nowMs) / 2, () => this.endOne());
  }

  private endOne(): void {
    const member = this.fleet[Math.floor(this.random() * this.fleet.length)];
    if (member === undefined) return;
    const { kind } = this.run.condition.endings;
    if (kind === 'leave') this.leave(member);
    else this.die(member);
    if (kind === 'pod_kill') {
      this.after(500 + 1_000 * this.random(), () => this.tested.podDeleted(member, this.nowMs));
    }
  }

  private die(member: SimulatedMember): void {
    this.stop(member);
    member.diedMs = this.nowMs;
    if (this.nowMs < this.stallToMs) member.drainedMs = this.drainedMs;
    this.after(replacedAfterMs, () => this.join(member.place, 0));
  }

  private leave(member: SimulatedMember): void {
    this.stop(member);
    member.leftMs = this.nowMs;
    const goodbye = this.beatOf(member, true);
    for (const afterMs of [0, 250, 500]) this.after(afterMs, () => this.send(goodbye));
    this.after(replacedAfterMs, () => this.join(member.place, 0));
  }

  private stop(member: SimulatedMember): void {
    member.running = false;
    this.fleet.splice(this.fleet.indexOf(member), 1);
  }

  private killShare(share: number): void {
    const dying = Math.max(1, Math.floor(share * this.fleet.length));
    const many = dying >= 3 && dying > 0.2 * this.fleet.length;
    if (many) this.massDeathsMs.push(this.nowMs);
    for (let i = 0; i < dying; i++) this.endOne();
  }

  /** Replaces everybody within about five minutes; the new one starts 5 s before the old one leaves. */
  private deploy(): void {
    const stepMs = (5 * minuteMs) / this.fleet.length;
    for (const [i, member] of [...this.fleet].entries()) {
      this.after(i * stepMs, () => this.join(member.place, 0));
      this.after(i * stepMs + 5_000, () => this.replaceBy(member));
    }
  }

  private replaceBy(member: SimulatedMember): void {
    this.stop(member);
    member.leftMs = this.nowMs;
    const goodbye = this.beatOf(member, true);
    for (const afterMs of [0, 250, 500]) this.after(afterMs, () => this.send(goodbye));
  }

  private after(delayMs: number, event: () => void): void {
    this.heap.add(this.nowMs + delayMs, event);
  }

  private every(periodMs: number, event: () => void): void {
    this.after(periodMs, () => {
      event();
      this.every(periodMs, event);
    });
  }

  /** Again and again at random, about every `meanMs`, until the calm before the end. */
  private often(meanMs: number, event: () => void): void {
    this.after(meanMs * (0.7 + 0.6 * this.random()), () => {
      if (this.nowMs >= this.calmMs) return;
      event();
      this.often(meanMs, event);
    });
  }

  private whileRunning(member: SimulatedMember, meanMs: number, event: () => void): void {
    this.after(meanMs * 2 * this.random(), () => {
      if (!member.running) return;
      event();
      this.whileRunning(member, meanMs, event);
    });
  }
}

/** Often enough to measure, rarely enough that the fleet is never short by more than a few. */
function endingEveryMs(members: number): number {
  if (members >= 1_000) return 10_000;
  if (members >= 100) return 30_000;
  return Math.max(2 * minuteMs, (20 * minuteMs) / members);
}

function makeReferences(intervalMs: number): readonly ReferenceDetector<SimulatedMember>[] {
  const phi = { intervalMs, threshold: 8 } as const;
  return [
    ...[30, 40, 60, 90].map(
      (seconds) => new FixedTimeout<SimulatedMember>(new Scorer(`fixed ${seconds} s`), seconds * 1_000),
    ),
    new PhiAccrual(new Scorer('phi-accrual'), { ...phi, pauseMs: 0 }),
    new PhiAccrual(new Scorer('phi-accrual, pause 3 T'), { ...phi, pauseMs: 3 * intervalMs }),
    new Lease(new Scorer('lease 90 s'), { intervalMs, selfPreservation: false }),
    new Lease(new Scorer('lease 90 s, self-preserving'), { intervalMs, selfPreservation: true }),
  ];
}
