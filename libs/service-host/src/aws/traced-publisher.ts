import type { OutgoingMessage, Publisher, PublishResult } from '@latido/messaging';
import { createPublisher } from '@latido/messaging/aws';
import { type TraceCarrier, withProducerSpan } from '@latido/observability';

/** The forms of the trace that a message was made in; the one it is sent in takes their place. */
const TRACE_ATTRIBUTES: ReadonlySet<string> = new Set(['traceparent', 'tracestate']);
/** A publisher answers once a message. */
const NO_RESULT: PublishResult = { outcome: 'failed', code: 'failed', retryable: true, detail: 'no answer' };

/**
 * A publisher whose messages each have a span of their own, `publish <topic>`, which the consumer continues.
 *
 * @param topic - its name in the topology: span names must not change with prefix or ordering.
 */
export function createTracedPublisher(
  topic: string,
  ...given: Parameters<typeof createPublisher>
): Publisher & { close(): Promise<void> } {
  const publisher = createPublisher(...given);
  return {
    publish: (messages) =>
      Promise.all(messages.map(async (message) => publishOne(topic, publisher, message))),
    close: () => publisher.close(),
  };
}

async function publishOne(
  topic: string,
  publisher: Publisher,
  message: OutgoingMessage,
): Promise<PublishResult> {
  const span = { destination: topic, madeIn: message.attributes['traceparent'] };
  return withProducerSpan(span, async (carrier, fail) => {
    const [result = NO_RESULT] = await publisher.publish([carrying(message, carrier)]);
    if (result.outcome === 'failed') fail(result.code);
    return result;
  });
}

function carrying(message: OutgoingMessage, carrier: TraceCarrier): OutgoingMessage {
  if (Object.keys(carrier).length === 0) return message;
  const own = Object.entries(message.attributes).filter(([name]) => !TRACE_ATTRIBUTES.has(name));
  return { ...message, attributes: { ...Object.fromEntries(own), ...carrier } };
}
