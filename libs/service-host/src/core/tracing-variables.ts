import { PRODUCER_RELATIONS } from '@latido/observability';
import { PROPAGATORS, SAMPLERS, type TracingSettings } from '@latido/observability/tracing';
import { variable } from './variable';

/** Whether and how a service traces, by the names OpenTelemetry gave these variables. */
export const tracingVariables = {
  otlpEndpoint: variable.url({
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    default: undefined,
    description:
      'Collector that takes spans, by OTLP over gRPC, e.g. http://127.0.0.1:4317. Not set: no tracing',
  }),
  otlpTracesEndpoint: variable.url({
    env: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    default: undefined,
    description: 'The same for spans alone; it comes first',
  }),
  tracesExporter: variable.choice({
    env: 'OTEL_TRACES_EXPORTER',
    default: 'otlp',
    of: ['otlp', 'none'],
    description: 'none turns tracing off, whatever else is set',
  }),
  tracesSampler: variable.choice({
    env: 'OTEL_TRACES_SAMPLER',
    default: 'parentbased_always_on',
    of: SAMPLERS,
    description: 'Which traces are kept; the parent-based ones follow the caller or producer',
  }),
  tracesSamplerArg: variable.number({
    env: 'OTEL_TRACES_SAMPLER_ARG',
    default: 1,
    min: 0,
    max: 1,
    description: 'Share of the traces that the ratio samplers keep',
  }),
  propagators: variable.list({
    env: 'OTEL_PROPAGATORS',
    default: ['tracecontext', 'baggage'],
    of: PROPAGATORS,
    description:
      'Forms in which a trace travels beside requests and messages; with xray, ids are such that AWS X-Ray takes them',
  }),
  producerRelation: variable.choice({
    env: 'TRACE_PRODUCER_RELATION',
    default: 'both',
    of: PRODUCER_RELATIONS,
    description:
      'How the span of a message refers to its producer: as its parent (one trace), by a link (two), or both',
  }),
};

/** What tracing is started with. */
export function tracingSettings(settings: {
  readonly otlpEndpoint: string | undefined;
  readonly otlpTracesEndpoint: string | undefined;
  readonly tracesExporter: 'otlp' | 'none';
  readonly tracesSampler: TracingSettings['sampler'];
  readonly tracesSamplerArg: number;
  readonly propagators: TracingSettings['propagators'];
}): TracingSettings {
  const endpoint = settings.otlpTracesEndpoint ?? settings.otlpEndpoint;
  return {
    isOn: settings.tracesExporter !== 'none' && endpoint !== undefined,
    sampler: settings.tracesSampler,
    ratio: settings.tracesSamplerArg,
    propagators: settings.propagators,
  };
}
