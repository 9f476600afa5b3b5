import {
  type Context,
  isSpanContextValid,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { isSampled } from './traceparent';

const HEADER = 'x-amzn-trace-id';
const ROOT = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/;
const PARENT = /^[0-9a-f]{16}$/;

/**
 * Carries a trace in AWS X-Ray's own header:
 *
 *     X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1
 */
export const xrayPropagator: TextMapPropagator = {
  fields: () => [HEADER],

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const active = trace.getSpanContext(context);
    if (active !== undefined && isSpanContextValid(active)) setter.set(carrier, HEADER, headerOf(active));
  },

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const name = getter.keys(carrier).find((key) => key.toLowerCase() === HEADER);
    const header = name === undefined ? undefined : getter.get(carrier, name);
    const remote = spanContextOf(Array.isArray(header) ? header[0] : header);
    return remote === undefined ? context : trace.setSpanContext(context, remote);
  },
};

function headerOf(active: SpanContext): string {
  const { traceId, spanId } = active;
  const sampled = isSampled(active) ? 1 : 0;
  return `Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)};Parent=${spanId};Sampled=${sampled}`;
}

/** A header without a parent (a load balancer's, say) or with a broken one starts a trace anew. */
function spanContextOf(header = ''): SpanContext | undefined {
  const parts = new Map(
    header.split(';').map((part) => [part.split('=')[0]?.trim(), part.split('=')[1]?.trim()]),
  );
  const [, time, chance] = ROOT.exec(parts.get('Root') ?? '') ?? [];
  const spanId = parts.get('Parent') ?? '';
  if (time === undefined || chance === undefined || !PARENT.test(spanId)) return undefined;
  const traceFlags = parts.get('Sampled') === '1' ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return { traceId: time + chance, spanId, traceFlags, isRemote: true };
}
