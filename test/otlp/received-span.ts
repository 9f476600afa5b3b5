import { hexAt, messagesAt, numberAt, textAt } from './protobuf';

/** A span as a collector receives it. */
export interface ReceivedSpan {
  /** Name of the service it is from. */
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the root of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: 'UNSPECIFIED' | 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER';
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly hasFailed: boolean;
}

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;
const STATUS_ERROR = 2;

/** Reads the spans of an ExportTraceServiceRequest, by the field numbers of opentelemetry-proto 1. */
export function spansOf(request: Buffer): readonly ReceivedSpan[] {
  return messagesAt(request, 1).flatMap((resourceSpans) => {
    const resource = messagesAt(resourceSpans, 1)[0] ?? Buffer.alloc(0);
    const service = attributesAt(resource, 1)['service.name'] ?? '';
    const spans = messagesAt(resourceSpans, 2).flatMap((scopeSpans) => messagesAt(scopeSpans, 2));
    return spans.map((span) => spanOf(span, service));
  });
}

function spanOf(span: Buffer, service: string): ReceivedSpan {
  const status = messagesAt(span, 15)[0] ?? Buffer.alloc(0);
  return {
    service,
    traceId: hexAt(span, 1),
    spanId: hexAt(span, 2),
    parentSpanId: hexAt(span, 4),
    name: textAt(span, 5),
    kind: KINDS[numberAt(span, 6)] ?? 'UNSPECIFIED',
    attributes: attributesAt(span, 9),
    links: messagesAt(span, 13).map((link) => ({ traceId: hexAt(link, 1), spanId: hexAt(link, 2) })),
    hasFailed: numberAt(status, 3) === STATUS_ERROR,
  };
}

/** Attributes that are texts; the others are left out. */
function attributesAt(message: Buffer, number: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    messagesAt(message, number).map((attribute) => [
      textAt(attribute, 1),
      textAt(messagesAt(attribute, 2)[0] ?? Buffer.alloc(0), 1),
    ]),
  );
}
