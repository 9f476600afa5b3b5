import { context, propagation, trace } from '@opentelemetry/api';
import { patchBundledModules } from './bundled-modules';
import { instrumentations } from './instrumentations';
import { LazyExporter } from './lazy-exporter';
import { samplerOf } from './sampler';
import {
  AsyncLocalStorageContextManager,
  BatchSpanProcessor,
  CompositePropagator,
  defaultResource,
  detectResources,
  envDetector,
  registerInstrumentations,
  resourceFromAttributes,
  TracerProvider,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from './sdk-parts';
import type { TracedProcess, Tracing, TracingSettings } from './tracing';
import { xrayIds } from './xray-ids';
import { xrayPropagator } from './xray-propagator';

/** Spans that wait for the collector. More are dropped: a collector that is away must not fill the memory. */
const MAX_QUEUED_SPANS = 2_048;
/** Of one round, in which the collector is called once. */
const EXPORT_TIMEOUT_MS = 6_000;

/**
 * Tracing by the parts of the SDK that traces need: spans over OTLP and gRPC. Metrics are prom-client's, and logs
 * go to standard output.
 */
export function sdkTracing(traced: TracedProcess, settings: TracingSettings): Tracing {
  const instrumented = instrumentations();
  registerInstrumentations({ instrumentations: instrumented });
  patchBundledModules(instrumented);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(propagatorOf(settings));
  const spans = new BatchSpanProcessor({
    exporter: new LazyExporter(),
    maxQueueSize: MAX_QUEUED_SPANS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  trace.setGlobalTracerProvider(
    new TracerProvider({
      resource: resourceOf(traced),
      sampler: samplerOf(settings),
      spanProcessors: [spans],
      ...(settings.propagators.includes('xray') && { idGenerator: xrayIds() }),
    }),
  );
  return { enabled: true, flush: (timeoutMs) => bounded(spans.forceFlush(), timeoutMs) };
}

function propagatorOf({ propagators }: TracingSettings): InstanceType<typeof CompositePropagator> {
  const named = {
    tracecontext: () => new W3CTraceContextPropagator(),
    baggage: () => new W3CBaggagePropagator(),
    xray: () => xrayPropagator,
  } as const;
  return new CompositePropagator({ propagators: propagators.map((name) => named[name]()) });
}

/** Who we are, and what `OTEL_RESOURCE_ATTRIBUTES` adds: the cluster, the pod. */
function resourceOf({ service, version, instanceId }: TracedProcess) {
  const own = resourceFromAttributes({
    'service.name': service,
    'service.version': version,
    'service.instance.id': instanceId,
  });
  return defaultResource()
    .merge(own)
    .merge(detectResources({ detectors: [envDetector] }));
}

async function bounded(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  // What the collector did not take is lost: spans are worth less than an exit in time.
  await Promise.race([work.catch(() => undefined), tooLate]);
  clearTimeout(timer);
}
