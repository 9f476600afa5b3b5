import { compareStamps, type LamportStamp } from '@latido/lamport-clock';
import type { Version } from '@latido/versioned-value';
import { requestIdOf, type ValidEvent } from './commit-event';

/**
 * Compares an event with what made the current content, for versions in Lamport order.
 *
 *     event is above    undefined: it makes the content of its version
 *     event is below    the stamp above it: its version keeps the content, and carries this stamp on
 *
 * Carried on, because the next event is compared with the one that *won*, not with the one that came
 * last, and whoever computes it reads the predecessor and nothing else.
 *
 * A merge never keeps: one that comes as far as this was claimed while versions followed arrival, and
 * is applied as its claim was meant.
 */
export function supersededBy(event: ValidEvent, previous: Version | undefined): LamportStamp | undefined {
  if (!previous || event.operation.kind === 'merge') return undefined;
  const winner = winnerOf(previous);
  return compareStamps(stampOf(event), winner) < 0 ? winner : undefined;
}

/** An absurd clock counts as far as it is believed; else one such event would win for ever. */
function stampOf(event: ValidEvent): LamportStamp {
  const { source, epoch, lamport, believedLamport = lamport } = event;
  return { lamport: believedLamport, source, epoch, requestId: requestIdOf(event) };
}

/**
 * The stamp of what made a version's content. A rollback, and an event from an absurd clock, stand
 * where the clock of their version does: above everything that was there before.
 */
function winnerOf({ supersededBy: carried, cause, lamport, clock, requestId }: Version): LamportStamp {
  if (carried) return carried;
  const followed = clock - 1; // max(clock before, lamport as far as it was believed)
  if (cause.kind === 'rollback') return { lamport: followed, source: '', epoch: 0, requestId };
  const { source, epoch, flagged } = cause;
  return { lamport: flagged ? followed : lamport, source, epoch, requestId };
}
