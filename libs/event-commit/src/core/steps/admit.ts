import { isBeyondHorizon, timeOfUuidV7 } from '@latido/idempotent-receiver';
import type { CommitEvent } from '../commit-event';
import type { CommitOutcome } from '../outcome';
import type { StepContext } from './step';

/**
 * Answers what needs no store at all: nothing for an event that must go on. No trip.
 *
 *     beyond the dedup horizon    quarantined: its claim may be forgotten, so a copy could not be told
 *     its version was seen here   duplicate
 */
export function admit(context: StepContext, event: CommitEvent): CommitOutcome | undefined {
  const { dedupHorizonMs: horizonMs } = context.options;
  // By its id or by its envelope, whichever says that it is older.
  const eventTimeMs = Math.min(event.timeMs, timeOfUuidV7(event.id) ?? Infinity);
  if (isBeyondHorizon({ eventTimeMs, nowMs: context.now(), horizonMs }))
    return { kind: 'quarantined', reason: 'beyond_horizon' };
  const version = context.memory.seen.versionOf(event);
  return version === undefined ? undefined : { kind: 'duplicate', version };
}
