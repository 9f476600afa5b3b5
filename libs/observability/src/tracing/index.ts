export { startTracing } from './start-tracing';
export { PROPAGATORS, SAMPLERS, type TracedProcess, type Tracing, type TracingSettings } from './tracing';
