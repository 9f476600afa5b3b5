import { type Span, SpanStatusCode } from '@opentelemetry/api';

/** Marks a span as failed, and with what. */
export function failSpan(span: Span, error: unknown): void {
  if (error instanceof Error) span.recordException(error);
  const message = error instanceof Error ? error.message : String(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
