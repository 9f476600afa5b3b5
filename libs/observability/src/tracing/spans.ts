import {
  type Attributes,
  context,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = () => trace.getTracer('latido');

/** Trace context as it travels beside a message; the names are those of the propagators in use. */
export type TraceCarrier = Readonly<Record<string, string>>;

/**
 * How a consumer's span refers to the producer's: as its parent (one long trace), by a link (two
 * traces), or both, which lets every backend draw the edge.
 */
type ProducerRelation = 'parent' | 'link' | 'both';

export interface ProducerSpan {
  /** Topic or queue, e.g. `state-changed`. */
  readonly destination: string;
  readonly attributes?: Attributes;
}

export interface ConsumerSpan extends ProducerSpan {
  /** What came beside the message; empty when the producer does not trace. */
  readonly carrier: TraceCarrier;
  /** Default `both`. Use `link` for a batch of messages, which has no one parent. */
  readonly relation?: ProducerRelation;
}

/**
 * Runs `send` inside a PRODUCER span named `publish <destination>` and hands it what to put beside
 * the message: inject it for each entry, since a batch call carries none by itself.
 *
 * With tracing off it only runs `send`, with an empty carrier.
 *
 * @example
 * await withProducerSpan({ destination: 'state-changed' }, (carrier) => publish(event, carrier));
 */
export function withProducerSpan<T>(
  { destination, attributes = {} }: ProducerSpan,
  send: (carrier: TraceCarrier) => Promise<T>,
): Promise<T> {
  const options = {
    kind: SpanKind.PRODUCER,
    attributes: { ...messaging('publish', destination), ...attributes },
  };
  return tracer().startActiveSpan(`publish ${destination}`, options, (span) =>
    ended(span, () => send(currentCarrier())),
  );
}

/**
 * Runs `handle` inside a CONSUMER span named `process <destination>`, so that its logs and the calls
 * it makes belong to the trace of the message.
 */
export function withConsumerSpan<T>(
  { destination, carrier, relation = 'both', attributes = {} }: ConsumerSpan,
  handle: () => Promise<T>,
): Promise<T> {
  const sent = propagation.extract(context.active(), carrier, defaultTextMapGetter);
  const producer = trace.getSpanContext(sent);
  const parent = relation === 'link' ? context.active() : sent;
  const options = {
    kind: SpanKind.CONSUMER,
    attributes: { ...messaging('process', destination), ...attributes },
    links: producer !== undefined && relation !== 'parent' ? [{ context: producer }] : [],
  };
  return tracer().startActiveSpan(`process ${destination}`, options, parent, (span) => ended(span, handle));
}

/** The W3C `traceparent` of the active span; absent when none is active. */
export function currentTraceparent(): string | undefined {
  const active = trace.getSpanContext(context.active());
  if (active === undefined) return undefined;
  const flags = active.traceFlags.toString(16).padStart(2, '0');
  return `00-${active.traceId}-${active.spanId}-${flags}`;
}

/** The id of the active trace when it is sampled, for exemplars: an id nobody can open is noise. */
export function currentSampledTraceId(): string | undefined {
  const active = trace.getSpanContext(context.active());
  const sampled = active !== undefined && (active.traceFlags & 1) === 1;
  return sampled ? active.traceId : undefined;
}

function currentCarrier(active: Context = context.active()): TraceCarrier {
  const carrier: Record<string, string> = {};
  propagation.inject(active, carrier, defaultTextMapSetter);
  return carrier;
}

function messaging(operation: 'publish' | 'process', destination: string): Attributes {
  return { 'messaging.operation.name': operation, 'messaging.destination.name': destination };
}

async function ended<T>(span: Span, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error) span.recordException(error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
