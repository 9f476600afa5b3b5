import { createRequire } from 'node:module';

/**
 * The parts that NodeSDK puts together, in the versions it pins. Taken one by one, because the package itself
 * loads an exporter of every kind there is, for spans, metrics and logs: 50 ms of a start and 13 MB.
 */
const part = createRequire(require.resolve('@opentelemetry/sdk-node'));

/** The copy that the tracer has loaded anyway: each package of the SDK may bring its own, a hundred files each. */
const partOfTracer = createRequire(part.resolve('@opentelemetry/sdk-trace'));

export const { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } = partOfTracer(
  '@opentelemetry/core',
) as typeof import('@opentelemetry/core');

export const { AsyncLocalStorageContextManager } = part(
  '@opentelemetry/context-async-hooks',
) as typeof import('@opentelemetry/context-async-hooks');

export const { registerInstrumentations } = part(
  '@opentelemetry/instrumentation',
) as typeof import('@opentelemetry/instrumentation');

export const { defaultResource, detectResources, envDetector, resourceFromAttributes } = part(
  '@opentelemetry/resources',
) as typeof import('@opentelemetry/resources');

export const {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  InMemorySpanExporter,
  ParentBasedSampler,
  SamplingDecision,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} = part('@opentelemetry/sdk-trace') as typeof import('@opentelemetry/sdk-trace');
