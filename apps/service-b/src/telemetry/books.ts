import type { Consumption } from '@latido/edge-accounting';
import type { HandledMessage } from '../consumer/event-consumer';

/** Topic of the events, in the topology and in the books. */
export const EVENTS_TOPIC = 'state-events';

/**
 * What the books of the edge are told of one message; nothing for a body that names no producer.
 *
 * An acknowledged event counts as delivered also when it was refused for certain: it has arrived and was answered.
 */
export function consumptionOf(handled: HandledMessage, nowMs: number): Consumption | undefined {
  const { understood } = handled.processed;
  if (understood.kind === 'unreadable') return undefined;
  const { source, epoch, sequence, time } = understood.envelope;
  return {
    source,
    epoch,
    topic: EVENTS_TOPIC,
    outcome: outcomeOf(handled),
    atMs: nowMs,
    latencyMs: nowMs - Date.parse(time),
    ...(sequence > 0 && { sequence }),
    ...misunderstandingOf(handled),
  };
}

/** Counted when the message is settled: one that is given back comes again. */
function misunderstandingOf({ processed, result }: HandledMessage): Pick<Consumption, 'misunderstood'> {
  const { understood } = processed;
  if (result === 'given_back') return {};
  if (understood.kind === 'foreign') return { misunderstood: understood.reason };
  const isBroken = understood.kind === 'event' && understood.event.invalid !== undefined;
  return isBroken ? { misunderstood: 'invalid_data' } : {};
}

function outcomeOf({ processed, result }: HandledMessage): Consumption['outcome'] {
  if (result === 'given_back') return 'failed';
  if (result === 'dead_lettered') return 'dead_lettered';
  return processed.outcome?.kind === 'duplicate' ? 'duplicate' : 'delivered';
}
