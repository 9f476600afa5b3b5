export { DependencyWatch, type DependencyWatchOptions } from './core/dependency-watch';
export type { Log, LogFields } from './core/log';
export { metricCatalogue, type LabelsOf, type MetricName } from './core/metric-catalogue';
export { metricReference } from './core/metric-reference';
export { ReadinessChecks, type Readiness, type ReadinessCheck } from './core/readiness';
export {
  currentSampledTraceId,
  currentTraceparent,
  type TraceCarrier,
  withConsumerSpan,
  withProducerSpan,
} from './tracing/spans';
