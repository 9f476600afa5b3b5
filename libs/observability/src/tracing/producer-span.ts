import {
  type Attributes,
  context,
  type Context,
  defaultTextMapSetter,
  propagation,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import { failSpan } from './fail-span';
import { contextIn } from './traceparent';
import { TRACER } from './tracer';

/** Trace context as it travels beside a message; the names are those of the propagators in use. */
export type TraceCarrier = Readonly<Record<string, string>>;

export interface ProducerSpan {
  /** Name of the topic in the topology, e.g. `state-events`. */
  readonly destination: string;
  /** W3C `traceparent` of what the message was made in; by default what is active. */
  readonly madeIn?: string | undefined;
  readonly attributes?: Attributes;
}

/**
 * Runs `send` inside a PRODUCER span named `publish <destination>` and hands it what to put beside the message:
 * one call a message, since a batch request carries no trace by itself. `fail` says that it was not taken, where that
 * is a value and not an error.
 *
 * The span belongs to the trace the message was made in, whoever sends it: what a relay repeats an hour later
 * still leads back to its request. With tracing off it only runs `send`, with an empty carrier.
 *
 * @example
 * await withProducerSpan({ destination: 'state-events' }, (carrier) => publish(event, carrier));
 */
export async function withProducerSpan<T>(
  { destination, madeIn, attributes = {} }: ProducerSpan,
  send: (carrier: TraceCarrier, fail: (reason: string) => void) => Promise<T>,
): Promise<T> {
  const options = {
    kind: SpanKind.PRODUCER,
    attributes: {
      'messaging.system': 'aws.sns',
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      'messaging.destination.name': destination,
      ...attributes,
    },
  };
  const span = trace.getTracer(TRACER).startSpan(`publish ${destination}`, options, contextIn(madeIn));
  const inSpan = trace.setSpan(context.active(), span);
  try {
    return await context.with(inSpan, () => send(carrierOf(inSpan), (reason) => failSpan(span, reason)));
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

function carrierOf(inSpan: Context): TraceCarrier {
  const carrier: Record<string, string> = {};
  propagation.inject(inSpan, carrier, defaultTextMapSetter);
  return carrier;
}
