import type { Log } from '@latido/observability';
import type { HandledMessage } from './event-consumer';

/** Writes what became of a message: what is given back as a warning with the reason, the rest for debugging. No payloads. */
export function logHandled({ processed, result }: HandledMessage, log: Log): void {
  const { message, understood, outcome } = processed;
  const event_id = understood.kind === 'unreadable' ? undefined : understood.envelope.id;
  const fields = {
    event: 'event_handled',
    event_id,
    message_id: message.messageId,
    outcome: outcome?.kind,
    result,
  };
  if (result !== 'given_back') log.debug(fields, `event ${result}`);
  else
    log.warn({ ...fields, event: 'event_given_back', reason: reasonOf(processed) }, 'the event comes again');
}

function reasonOf({ outcome }: HandledMessage['processed']): string {
  if (outcome?.kind !== 'failed') return 'its receipt was not taken';
  return outcome.error instanceof Error ? outcome.error.message : String(outcome.error);
}
