import type { BatchHandler } from '@latido/messaging';
import { failSpanOf, type ProducerRelation, withConsumerSpans } from '@latido/observability';

/**
 * A handler whose messages each have a span of their own, `process <queue>`, that continues their producer's.
 *
 * @param consumer.queue - its name in the topology: span names must not change with prefix or ordering.
 */
export function tracedHandler(
  consumer: { readonly queue: string; readonly relation: ProducerRelation },
  handle: BatchHandler,
): BatchHandler {
  const { queue: destination, relation } = consumer;
  return (messages, signal) =>
    withConsumerSpans({ destination, messages, relation }, async () => {
      const dispositions = await handle(messages, signal);
      dispositions.forEach((disposition, i) => {
        const message = messages[i];
        if (message === undefined || disposition.kind === 'acknowledge') return;
        failSpanOf(message, disposition.kind === 'deadLetter' ? disposition.reason : 'given back');
      });
      return dispositions;
    });
}
