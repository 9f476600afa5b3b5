import type { InstanceState } from './instance-state';
import type { LossSnapshot } from './loss-meter';
import type { Phase } from './observed-heartbeat';
import type { SenderClockSnapshot } from './sender-clock';

/** The form of {@link DetectorSnapshot}; another form is refused. */
export const snapshotFormat = 1;

/**
 * Everything a detector must remember over a restart, as plain JSON: who was seen last and when, whose
 * clock is off by how much, who left, and k with its counts. What the channel was like is not in it:
 * that is found out anew, during the warm-up.
 */
export interface DetectorSnapshot {
  readonly format: typeof snapshotFormat;
  readonly savedAtMs: number;
  readonly watermarkMs: number;
  readonly services: readonly ServiceSnapshot[];
}

export interface ServiceSnapshot {
  readonly service: string;
  readonly missedBeats: number;
  readonly loss: LossSnapshot;
  readonly intervalMs: number;
  readonly expectedPeak: number;
  readonly instances: readonly InstanceSnapshot[];
}

export interface InstanceSnapshot {
  readonly instanceId: string;
  readonly incarnation: string;
  readonly epoch?: number;
  readonly replaced: readonly string[];
  readonly seen: readonly [number, number];
  readonly clock: SenderClockSnapshot;
  readonly lastSentMs: number;
  readonly receivedAtMs: number;
  readonly startedAtMs: number;
  readonly intervalMs: number;
  readonly phase: Phase;
  readonly version: string;
  readonly zone: string;
  readonly state: InstanceState;
  readonly sinceMs: number;
}
