import { createDetector, type Detector, detectorSettings, type Fact } from '@latido/failure-detector';
import { MonitorMemory } from './monitor-memory';
import { Scorer } from './scorer';
import type { SimulatedMember } from './simulated-member';

const service = 'fleet';

/** A heartbeat on its way. */
export interface SimulatedBeat {
  readonly member: SimulatedMember;
  readonly incarnation: number;
  readonly seq: number;
  readonly sentAtMs: number;
  readonly uptimeMs: number;
  readonly goodbye: boolean;
}

/** Runs the production detector on simulated arrivals, and scores what it says. */
export class DetectorUnderTest {
  readonly scorer = new Scorer<SimulatedMember>('latido');
  readonly massAlarmsMs: number[] = [];
  readonly intervalMs: number;
  readonly tickMs: number;
  readonly canaryPeriodMs: number;
  blindMs = 0;
  blindPeriods = 0;
  longestBlindMs = 0;
  private detector: Detector;
  private readonly memory: MonitorMemory | undefined;
  private readonly members = new Map<string, SimulatedMember>();
  private notedMs: number;
  private blindSinceMs: number | undefined;

  /** @param options - `restarts`: it is killed now and then, so it keeps a memory. */
  constructor(options: {
    readonly nowMs: number;
    readonly fixedMissedBeats: number | undefined;
    readonly restarts: boolean;
  }) {
    const { nowMs, fixedMissedBeats, restarts } = options;
    const settings = detectorSettings(fixedMissedBeats === undefined ? {} : { fixedMissedBeats });
    this.notedMs = nowMs;
    this.intervalMs = settings.intervalMs;
    this.tickMs = settings.tickMs;
    this.canaryPeriodMs = settings.canaryPeriodMs;
    this.detector = createDetector({ settings, nowMs });
    this.memory = restarts ? new MonitorMemory(settings) : undefined;
  }

  /** A new process goes on where the last one was killed. */
  restart(nowMs: number): void {
    if (this.memory !== undefined) this.detector = this.memory.wake(nowMs);
  }

  arrived({ member, incarnation, seq, sentAtMs, uptimeMs, goodbye }: SimulatedBeat, nowMs: number): void {
    this.members.set(member.id, member);
    const { facts } = this.detector.heartbeat(
      {
        service,
        instanceId: member.id,
        incarnation: `${member.id}/${incarnation}`,
        seq,
        sentAtMs,
        uptimeMs,
        intervalMs: this.intervalMs,
        state: goodbye ? 'goodbye' : 'up',
      },
      nowMs,
    );
    this.score(facts);
  }

  podDeleted(member: SimulatedMember, nowMs: number): void {
    this.score(this.detector.podObserved({ service, instanceId: member.id, pod: 'deleted' }, nowMs));
  }

  canarySent(id: string, nowMs: number): void {
    this.detector.canarySent(id, nowMs);
  }

  canaryArrived(id: string, nowMs: number): void {
    this.detector.canaryReceived(id, nowMs);
  }

  advance(nowMs: number): void {
    this.score(this.detector.advance(nowMs));
    this.noteBlindness(nowMs);
    this.memory?.save(this.detector, nowMs);
  }

  get missedBeats(): number | undefined {
    return this.detector.service(service)?.missedBeats;
  }

  forgetBlindness(): void {
    this.blindMs = 0;
    this.blindPeriods = 0;
    this.longestBlindMs = 0;
  }

  private noteBlindness(nowMs: number): void {
    const { blind } = this.detector.channel();
    if (this.blindSinceMs !== undefined) {
      this.blindMs += nowMs - this.notedMs;
      this.longestBlindMs = Math.max(this.longestBlindMs, nowMs - this.blindSinceMs);
    }
    if (blind && this.blindSinceMs === undefined) this.blindPeriods++;
    this.notedMs = nowMs;
    this.blindSinceMs = blind ? (this.blindSinceMs ?? nowMs) : undefined;
  }

  private score(facts: readonly Fact[]): void {
    this.memory?.write(facts);
    for (const fact of facts) {
      if (fact.kind === 'mass_silence' && fact.raised) this.massAlarmsMs.push(fact.atMs);
      if (fact.kind === 'transition') this.scoreTransition(fact);
    }
  }

  private scoreTransition(fact: Extract<Fact, { kind: 'transition' }>): void {
    const member = this.members.get(fact.instanceId);
    if (member === undefined) return;
    if (fact.to === 'down') this.scorer.down(member, fact.atMs);
    else if (fact.to === 'left') this.scorer.hasLeft(member, fact.atMs);
    else this.scorer.revived(member, fact.atMs);
  }
}
