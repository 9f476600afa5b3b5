import { Channel, type ChannelStatus } from './channel';
import type { DetectorCore } from './detector-core';
import { DueWheel } from './due-wheel';
import type { Fact } from './fact';
import { reportedState } from './instance-state';
import { judgeInstances } from './judge-instances';
import { keepHouse } from './keep-house';
import { MassSilence } from './mass-silence';
import type { HeartbeatResult, ObservedHeartbeat } from './observed-heartbeat';
import { PeerTable } from './peer-table';
import { recall, type WrittenState } from './recall';
import { receiveHeartbeat } from './receive-heartbeat';
import { assertReadable, load, save } from './save-and-load';
import {
  judgeEndedPods,
  judgeUnvouched,
  losePodWitness,
  observePod,
  type PodObservation,
} from './second-witness';
import type { DetectorSettings } from './settings';
import { type DetectorSnapshot, joinSnapshot, type SnapshotPiece } from './snapshot';
import { type InstanceView, recordsOf, type ServiceSummary, summaryOf, viewOf } from './views';

/** A heartbeat's fate, what followed from it, and how long it travelled where that is known. */
export interface HeartbeatOutcome {
  readonly result: HeartbeatResult;
  readonly transitMs: number | undefined;
  readonly facts: readonly Fact[];
}

export interface DetectorStart {
  readonly settings: DetectorSettings;
  readonly nowMs: number;
  /** What an earlier detector saved; verdicts are held for k T either way. */
  readonly snapshot?: DetectorSnapshot | undefined;
}

/**
 * Decides from heartbeats which instances of which services are alive.
 *
 *     heartbeat, canary, pod, stall  ──▶  ┌──────────┐  ──▶ facts: transitions, restarts, burials,
 *     advance(now), every T/10       ──▶  │ Detector │        blind, mass silence, k
 *                                         └──────────┘
 *
 * It has no clock, no timer and no I/O: (inputs, now) decide everything, so equal inputs in equal order
 * give equal facts, on every replica and in every simulation. Inside it is mutable, because a fleet of
 * 100,000 instances changes 10,000 times a second; treat it as the one owner of its state.
 *
 * `nowMs` is our own epoch time in milliseconds and must never step: give it
 * `performance.timeOrigin + performance.now()`, not `Date.now()`. A time before the last one counts as
 * the last one. Give a heartbeat the time when it *arrived*; the detector finds out when it was sent.
 *
 * Verdicts for the worse come from `advance` only. Call it every `settings.tickMs`, and when an
 * own canary came back: in a quiet fleet nothing else moves the watermark. A call that comes more than the
 * stall bound too late is taken for a stall of our own event loop.
 *
 * @see Joshi, Patterns of Distributed Systems (2023), "HeartBeat";
 *   Chandra and Toueg, Unreliable Failure Detectors for Reliable Distributed Systems (1996).
 */
export class Detector {
  private readonly core: DetectorCore;
  private nowMs: number;
  private advancedAtMs: number;
  private houseKeptAtMs: number;

  constructor({ settings, nowMs, snapshot }: DetectorStart) {
    if (snapshot !== undefined) assertReadable(snapshot);
    const warmUpBeats = Math.max(
      settings.fixedMissedBeats ?? 3,
      ...(settings.fixedMissedBeats === undefined ? savedMissedBeats(snapshot) : []),
    );
    const start = {
      atMs: nowMs,
      warmUntilMs: nowMs + warmUpBeats * settings.intervalMs,
      watermarkMs: Math.min(nowMs, snapshot?.watermarkMs ?? nowMs),
    };
    this.core = {
      settings,
      table: new PeerTable(settings),
      channel: new Channel(settings, start),
      wheel: new DueWheel(settings.tickMs),
      mass: new MassSilence(settings),
      endedPods: new Set(),
      unvouched: new Set(),
      facts: [],
    };
    if (snapshot !== undefined) load(this.core, snapshot, nowMs);
    this.nowMs = nowMs;
    this.advancedAtMs = nowMs;
    this.houseKeptAtMs = nowMs;
  }

  /** Takes one heartbeat in. Better verdicts follow at once, worse ones never do. */
  heartbeat(beat: ObservedHeartbeat, receivedAtMs: number): HeartbeatOutcome {
    const { result, transitMs } = receiveHeartbeat(this.core, beat, this.timeOf(receivedAtMs));
    return { result, transitMs, facts: this.handOutFacts() };
  }

  /** Notes an own canary that is being published now; `id` is unique over all replicas and restarts. */
  canarySent(id: string, nowMs: number): void {
    this.core.channel.canarySent(id, this.timeOf(nowMs));
  }

  /** Takes a canary in; the round trip in milliseconds, or undefined for one that is not ours or came before. */
  canaryReceived(id: string, nowMs: number): number | undefined {
    return this.core.channel.canaryReceived(id, this.timeOf(nowMs));
  }

  /** Reports a stall of our own event loop that just ended. Needed only where `advance` is not on time's side. */
  loopStalled(durationMs: number, nowMs: number): void {
    this.core.channel.stalled(durationMs, this.timeOf(nowMs));
  }

  /** Takes in what Kubernetes says of one pod. */
  podObserved(observation: PodObservation, nowMs: number): readonly Fact[] {
    observePod(this.core, observation, this.timeOf(nowMs));
    return this.handOutFacts();
  }

  /** The connection to Kubernetes broke: readiness that it told does not count any longer. */
  podWitnessLost(nowMs: number): readonly Fact[] {
    losePodWitness(this.core, this.timeOf(nowMs));
    return this.handOutFacts();
  }

  /** How many instances Kubernetes desires of a service; without `desired` it says nothing (any longer). */
  expect(service: string, { desired }: { readonly desired?: number }): void {
    this.core.table.service(service)?.expected.desire(desired);
  }

  /**
   * How many instances a service should have while Kubernetes does not say. The service is known from now on, heard or not, and is
   * not forgotten. A goodbye does not lower the number, so a service that is scaled below it on purpose is missed.
   */
  declareExpected(service: string, count: number): void {
    this.core.table.service(service)?.expected.declare(count);
  }

  /** Lets time pass: channel, verdicts, mass silence, burials. */
  advance(now: number): readonly Fact[] {
    const nowMs = this.timeOf(now);
    this.noticeOwnStall(nowMs);
    if (this.core.channel.update(nowMs)) this.reportBlindness(nowMs);
    judgeInstances(this.core, nowMs);
    judgeEndedPods(this.core, nowMs);
    judgeUnvouched(this.core, nowMs);
    if (nowMs - this.houseKeptAtMs >= this.core.settings.intervalMs) {
      this.houseKeptAtMs = nowMs;
      keepHouse(this.core, nowMs);
    }
    return this.handOutFacts();
  }

  channel(): ChannelStatus {
    return this.core.channel.status();
  }

  get massSilence(): boolean {
    return this.core.mass.raised;
  }

  /** Heartbeats refused because the table is full. */
  get overflowed(): number {
    return this.core.table.overflowed;
  }

  services(): readonly ServiceSummary[] {
    return [...this.core.table.services.values()].map(summaryOf);
  }

  service(name: string): ServiceSummary | undefined {
    const service = this.core.table.services.get(name);
    return service && summaryOf(service);
  }

  /** The instances of one service, or of all, one at a time: a page of 100,000 need not be an array. */
  *instances(service?: string): Generator<InstanceView> {
    for (const record of recordsOf(this.core, service)) {
      yield viewOf(record, reportedState(record.state, record.phase), this.nowMs);
    }
  }

  instance(service: string, instanceId: string): InstanceView | undefined {
    const record = this.core.table.find(service, instanceId);
    return record && viewOf(record, reportedState(record.state, record.phase), this.nowMs);
  }

  /** Everything to be remembered over a restart, as plain JSON; with many instances, take {@link snapshotPieces}. */
  snapshot(): DetectorSnapshot {
    return joinSnapshot(this.snapshotPieces());
  }

  /** The same in pieces of bounded size, between which heartbeats may be taken in; see {@link joinSnapshot}. */
  snapshotPieces(): Generator<SnapshotPiece, void, undefined> {
    return save(this.core, this.nowMs);
  }

  /** Brings one instance to a state that was written down after the snapshot; tells no fact. */
  recall(written: WrittenState): void {
    recall(this.core, written);
  }

  private timeOf(nowMs: number): number {
    if (nowMs > this.nowMs) this.nowMs = nowMs;
    return this.nowMs;
  }

  private noticeOwnStall(nowMs: number): void {
    const overdueMs = nowMs - this.advancedAtMs - this.core.settings.tickMs;
    this.core.channel.stalled(overdueMs, nowMs);
    this.advancedAtMs = nowMs;
  }

  private reportBlindness(atMs: number): void {
    const { blind, reasons, queueIsShared } = this.core.channel.status();
    this.core.facts.push({ kind: 'blind', blind, reasons, queueIsShared, atMs });
  }

  private handOutFacts(): readonly Fact[] {
    if (this.core.facts.length === 0) return noFacts;
    const { facts } = this.core;
    this.core.facts = [];
    return facts;
  }
}

/** Makes a detector; see {@link Detector}. */
export function createDetector(start: DetectorStart): Detector {
  return new Detector(start);
}

const noFacts: readonly Fact[] = Object.freeze([]);

function savedMissedBeats(snapshot: DetectorSnapshot | undefined): readonly number[] {
  return snapshot?.services.map((service) => service.missedBeats) ?? [];
}
