export { BUNDLED_MODULE_HOOK, instrumentedModules } from './bundled-modules';
export { startTracing } from './start-tracing';
export { PROPAGATORS, SAMPLERS, type TracedProcess, type Tracing, type TracingSettings } from './tracing';
