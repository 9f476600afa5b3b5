import {
  context,
  isSpanContextValid,
  type SpanContext,
  trace,
  TraceFlags,
  type Context,
} from '@opentelemetry/api';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The W3C `traceparent` of the active span; absent when none is active. */
export function currentTraceparent(): string | undefined {
  const active = activeSpanContext();
  if (active === undefined) return undefined;
  const flags = active.traceFlags.toString(16).padStart(2, '0');
  return `00-${active.traceId}-${active.spanId}-${flags}`;
}

/** The active context with this `traceparent` as its span; unchanged when that is absent or broken. */
export function contextIn(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return context.active();
  const made = { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16), isRemote: true };
  return isSpanContextValid(made) ? trace.setSpanContext(context.active(), made) : context.active();
}

/** The id of the active trace when it is sampled, for exemplars: an id nobody can open is noise. */
export function currentSampledTraceId(): string | undefined {
  const active = activeSpanContext();
  return active !== undefined && isSampled(active) ? active.traceId : undefined;
}

/** Whether the trace is kept. */
export function isSampled({ traceFlags }: SpanContext): boolean {
  return (traceFlags & TraceFlags.SAMPLED) !== 0;
}

function activeSpanContext(): SpanContext | undefined {
  const active = trace.getSpanContext(context.active());
  return active !== undefined && isSpanContextValid(active) ? active : undefined;
}
