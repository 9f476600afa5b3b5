import type { sdkTracing } from './sdk';
import type { TracedProcess, Tracing, TracingSettings } from './tracing';

const OFF: Tracing = { enabled: false, flush: () => Promise.resolve() };

/**
 * Starts tracing when the settings ask for it, and loads nothing of the SDK when they do not.
 *
 * Call it before anything it patches is loaded: http, an AWS client, Nest, pino. A module loaded
 * earlier makes no spans, and nothing says so.
 */
export function startTracing(traced: TracedProcess, settings: TracingSettings): Tracing {
  if (!settings.isOn) return OFF;
  // require, not import: this is the line that must not run when tracing is off.
  const sdk = require('./sdk') as { readonly sdkTracing: typeof sdkTracing };
  return sdk.sdkTracing(traced, settings);
}
