import type { InstanceState } from './instance-state';
import { TornSnapshotError, UnknownSnapshotError } from './errors';
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

/** What of a snapshot is of one service and none of its instances. */
interface ServiceHead {
  readonly service: string;
  readonly missedBeats: number;
  readonly loss: LossSnapshot;
  readonly intervalMs: number;
  readonly expectedPeak: number;
}

interface ServiceSnapshot extends ServiceHead {
  readonly instances: readonly InstanceSnapshot[];
}

/**
 * A part of a snapshot, small enough to be written between two heartbeats. The end says how many came before it, so that
 * one that is torn is not taken for a whole.
 */
export type SnapshotPiece =
  | ({ readonly kind: 'head' } & Omit<DetectorSnapshot, 'services'>)
  | ({ readonly kind: 'service' } & ServiceHead)
  /** Of the service that came last. */
  | { readonly kind: 'instances'; readonly instances: readonly InstanceSnapshot[] }
  | { readonly kind: 'end'; readonly pieces: number };

/**
 * Puts a snapshot together from its pieces.
 *
 * @throws {@link TornSnapshotError} when some are missing; {@link UnknownSnapshotError} when they have another form.
 */
export function joinSnapshot(pieces: Iterable<SnapshotPiece>): DetectorSnapshot {
  const all = [...pieces];
  const [head] = all;
  if (head?.kind !== 'head' || head.format !== snapshotFormat)
    throw new UnknownSnapshotError((head as Partial<DetectorSnapshot> | undefined)?.format);
  const end = all.at(-1);
  if (end?.kind !== 'end' || end.pieces !== all.length - 1) throw new TornSnapshotError(all.length);
  const services: (ServiceHead & { readonly instances: InstanceSnapshot[] })[] = [];
  for (const piece of all) {
    if (piece.kind === 'service') services.push({ ...headOf(piece), instances: [] });
    if (piece.kind === 'instances') for (const each of piece.instances) services.at(-1)?.instances.push(each);
  }
  const { format, savedAtMs, watermarkMs } = head;
  return { format, savedAtMs, watermarkMs, services };
}

function headOf({ service, missedBeats, loss, intervalMs, expectedPeak }: ServiceHead): ServiceHead {
  return { service, missedBeats, loss, intervalMs, expectedPeak };
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
