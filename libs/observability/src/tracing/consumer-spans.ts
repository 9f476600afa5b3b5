import {
  type Attributes,
  context,
  type Context,
  defaultTextMapGetter,
  type Link,
  propagation,
  type Span,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import { failSpan } from './fail-span';
import type { TraceCarrier } from './producer-span';
import { TRACER } from './tracer';
import { isSampled } from './traceparent';

/** How a message's span may refer to its producer's. */
export const PRODUCER_RELATIONS = ['both', 'parent', 'link'] as const;

/**
 * How a message's span refers to its producer's: as its parent (one long trace), by a link (two traces), or both,
 * which lets every backend draw the edge.
 */
export type ProducerRelation = (typeof PRODUCER_RELATIONS)[number];

/** A message as far as tracing looks at it. */
export interface TracedMessage {
  readonly messageId: string;
  /** What came beside the message; without a trace when the producer does not trace. */
  readonly attributes: TraceCarrier;
}

export interface ConsumerSpans<M extends TracedMessage> {
  /** Name of the queue in the topology, e.g. `service-b-events`. */
  readonly destination: string;
  readonly messages: readonly M[];
  readonly relation: ProducerRelation;
}

interface MessageSpan {
  readonly span: Span;
  readonly context: Context;
}

/** The span of a message, as long as anybody holds the message. */
const spans = new WeakMap<TracedMessage, MessageSpan>();

/**
 * Handles messages inside CONSUMER spans named `process <destination>`, one a message. Logs and calls inside
 * belong to its trace.
 *
 * What is done once for a whole batch can be in one trace only: that of the first message whose trace is kept.
 * The spans of the others link to it. {@link inSpanOf} is for what is done for one of them.
 *
 * @example
 * await withConsumerSpans({ destination: 'service-b-events', messages, relation: 'both' }, () => handle(messages));
 */
export async function withConsumerSpans<M extends TracedMessage, T>(
  { destination, messages, relation }: ConsumerSpans<M>,
  handle: () => Promise<T>,
): Promise<T> {
  const begun = messages.map((message) => begin(message, { destination, relation, of: messages.length }));
  const lead = begun.find(({ span }) => isSampled(span.spanContext())) ?? begun[0];
  if (lead === undefined) return handle();
  for (const { span } of begun) if (span !== lead.span) span.addLink({ context: lead.span.spanContext() });
  try {
    return await context.with(lead.context, handle);
  } catch (error) {
    for (const { span } of begun) failSpan(span, error);
    throw error;
  } finally {
    for (const { span } of begun) span.end();
  }
}

/** Runs something inside the span of a message that is or was handled here; as it is where there is none. */
export function inSpanOf<T>(message: TracedMessage, run: () => T): T {
  const known = spans.get(message);
  return known === undefined ? run() : context.with(known.context, run);
}

/** Says that a message, of those being handled, did not get where it should. */
export function failSpanOf(message: TracedMessage, reason: string): void {
  const known = spans.get(message);
  if (known !== undefined) failSpan(known.span, reason);
}

function begin(
  message: TracedMessage,
  how: { readonly destination: string; readonly relation: ProducerRelation; readonly of: number },
): MessageSpan {
  const sent = propagation.extract(context.active(), message.attributes, defaultTextMapGetter);
  const parent = how.relation === 'link' ? context.active() : sent;
  const options = {
    kind: SpanKind.CONSUMER,
    attributes: attributesOf(message, how),
    links: how.relation === 'parent' ? [] : linksTo(sent),
  };
  const span = trace.getTracer(TRACER).startSpan(`process ${how.destination}`, options, parent);
  const begun = { span, context: trace.setSpan(parent, span) };
  spans.set(message, begun);
  return begun;
}

function attributesOf(
  { messageId }: TracedMessage,
  { destination, of }: { readonly destination: string; readonly of: number },
): Attributes {
  return {
    'messaging.system': 'aws_sqs',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': destination,
    'messaging.message.id': messageId,
    ...(of > 1 && { 'messaging.batch.message_count': of }),
  };
}

function linksTo(sent: Context): Link[] {
  const producer = trace.getSpanContext(sent);
  return producer === undefined ? [] : [{ context: producer }];
}
