export { startTracing } from './start-tracing';
export type { TracedProcess, Tracing } from './tracing';
