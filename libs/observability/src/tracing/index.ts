export { startTracing, type TracedProcess, type Tracing } from './start-tracing';
