import type { sdkTracing } from './sdk';
import type { TracedProcess, Tracing } from './tracing';

type Environment = Readonly<Record<string, string | undefined>>;

const OFF: Tracing = { enabled: false, flush: () => Promise.resolve() };

/**
 * Starts tracing when the environment asks for it, and loads nothing of the SDK when it does not.
 *
 * On: `OTEL_EXPORTER_OTLP_ENDPOINT` (or the one for traces) is set, or `OTEL_TRACES_EXPORTER=otlp`.
 * Off: `OTEL_TRACES_EXPORTER=none` or `OTEL_SDK_DISABLED=true`, whatever else is set. Sampling,
 * propagators and endpoint are the SDK's own variables; spans go out by OTLP over gRPC.
 *
 * Call it before anything it patches is loaded: http, an AWS client, Nest, pino. A module loaded
 * earlier makes no spans, and nothing says so.
 */
export function startTracing(traced: TracedProcess, environment: Environment = process.env): Tracing {
  if (!isAskedFor(environment)) return OFF;
  // require, not import: this is the line that must not run when tracing is off.
  const sdk = require('./sdk') as { readonly sdkTracing: typeof sdkTracing };
  return sdk.sdkTracing(traced);
}

function isAskedFor(environment: Environment): boolean {
  const exporter = environment['OTEL_TRACES_EXPORTER'];
  if (exporter === 'none' || environment['OTEL_SDK_DISABLED'] === 'true') return false;
  return (
    exporter === 'otlp' ||
    Boolean(environment['OTEL_EXPORTER_OTLP_ENDPOINT']) ||
    Boolean(environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
  );
}
