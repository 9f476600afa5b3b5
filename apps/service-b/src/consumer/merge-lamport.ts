import type { LamportClock } from '@latido/lamport-clock';
import type { Understood } from './understand';

type UnderstoodEvent = Extract<Understood, { readonly kind: 'event' }>;

/** Takes a remote Lamport time over; see `LamportClock.merge`. */
export type MergeLamport = LamportClock['merge'];

/**
 * Merges the time of each event before anything is done with it, so that all we stamp afterwards is above.
 *
 * A time that jumped too far is clamped: the event goes on with `flagged` and with the time as far as it was believed.
 */
export async function mergeLamport(
  events: readonly UnderstoodEvent[],
  merge: MergeLamport,
): Promise<readonly UnderstoodEvent[]> {
  const merged: UnderstoodEvent[] = [];
  for (const understood of events) {
    const { flagged, adopted } = await merge(understood.event.lamport);
    const event = { ...understood.event, flagged: true, believedLamport: adopted } as const;
    merged.push(flagged ? { ...understood, event } : understood);
  }
  return merged;
}
