import { ExpectedInstances } from './expected-instances';
import { GapWatch } from './gap-watch';
import { type InstanceState, type ReportedState, reportedStates } from './instance-state';
import { LossMeter, type LossSnapshot } from './loss-meter';
import { MissedBeats } from './missed-beats';
import type { HeartbeatResult, Phase } from './observed-heartbeat';
import type { SenderClock } from './sender-clock';
import type { SequenceWindow } from './sequence-window';
import type { DetectorSettings } from './settings';

/** All that is known of one service: its instances, its loss, its expectation. */
export class ServiceRecord {
  readonly instances = new Map<string, InstanceRecord>();
  /** Those that are down, and those that left: the only ones that can be buried or forgotten. */
  readonly ended = new Set<InstanceRecord>();
  readonly loss: LossMeter;
  readonly missedBeats: MissedBeats;
  readonly gaps: GapWatch;
  readonly expected: ExpectedInstances;
  readonly states: Record<ReportedState, number>;
  readonly results: Record<HeartbeatResult, number> = {
    accepted: 0,
    duplicate: 0,
    late: 0,
    stale: 0,
    overflow: 0,
  };
  missing = 0;
  restarts = 0;
  burials = 0;
  intervalMs: number;
  /** Since when as many are alive as expected; undefined while fewer are. */
  fulfilledSinceMs: number | undefined;
  emptySinceMs: number | undefined;

  constructor(
    readonly name: string,
    settings: DetectorSettings,
    saved: { readonly missedBeats?: number; readonly loss?: LossSnapshot } = {},
  ) {
    this.loss = new LossMeter(settings, saved.loss);
    this.missedBeats = new MissedBeats(settings, saved.missedBeats);
    this.gaps = new GapWatch(settings);
    this.expected = new ExpectedInstances(settings);
    this.intervalMs = settings.intervalMs;
    this.states = Object.fromEntries(reportedStates.map((state) => [state, 0])) as Record<
      ReportedState,
      number
    >;
  }

  /** Not declared dead and not gone. */
  get alive(): number {
    const { up, starting, draining, late, suspect } = this.states;
    return up + starting + draining + late + suspect;
  }

  get expectedCount(): number {
    return this.expected.count({ alive: this.alive, down: this.states.down });
  }

  /** Takes in that the number of living instances may have changed. */
  recount(nowMs: number): void {
    this.expected.observe(this.alive, nowMs);
    if (this.alive < this.expectedCount) this.fulfilledSinceMs = undefined;
    else this.fulfilledSinceMs ??= nowMs;
  }
}

/**
 * All that is known of one instance. Mutable and private to the detector: 100,000 of them change 10,000
 * times a second, and a copy each time would cost more than the rules.
 */
export interface InstanceRecord {
  readonly service: ServiceRecord;
  readonly instanceId: string;
  readonly clock: SenderClock;
  incarnation: string;
  epoch: number | undefined;
  /** The last incarnations that were replaced, newest first: whatever still comes from them is stale. */
  replaced: readonly string[];
  /** A newer incarnation whose clock says it is older: believed when a second beat agrees. */
  candidate: Candidate | undefined;
  window: SequenceWindow;

  /** Corrected send time of the newest heartbeat, on our clock. */
  lastSentMs: number;
  receivedAtMs: number;
  /** Send time of the last beat that counted for D: one sender cannot crowd out the others. */
  sampledSentMs: number;
  startedAtMs: number;
  intervalMs: number;
  phase: Phase;
  version: string;
  zone: string;

  state: InstanceState;
  sinceMs: number;
  /** Crossed into `suspect` and not come back yet: counted once for mass silence. */
  crossed: boolean;
  /** Stands in the wheel, at most once. */
  queued: boolean;

  /** What the second witness last said of its pod. */
  podPhase: PodPhase | undefined;
  /** That its pod or container ended, while no newer incarnation was heard. */
  podEnd: PodEnd | undefined;
}

/** A pod that has not ended: ready or not, as its condition says, or told to end. */
export type PodPhase = 'ready' | 'not_ready' | 'leaving';

/** How the second witness saw an instance end. */
export interface PodEnd {
  readonly atMs: number;
  readonly reason: 'pod_deleted' | 'pod_exited';
}

interface Candidate {
  readonly incarnation: string;
  readonly seq: number;
  /** Arrival minus wall clock. */
  readonly offsetMs: number;
}

/** Replaced incarnations remembered per instance: a crash loop makes a few within a queue's retention. */
export const rememberedIncarnations = 4;
