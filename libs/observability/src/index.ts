export { DependencyWatch, type DependencyWatchOptions } from './core/dependency-watch';
export type { Log, LogFields } from './core/log';
export { logCatalogue, logReference } from './core/log-catalogue';
export { metricCatalogue, type LabelsOf, type MetricName } from './core/metric-catalogue';
export type { MetricDefinition } from './core/metric-definition';
export { metricReference } from './core/metric-reference';
export { RepeatedTrouble } from './core/repeated-trouble';
export { MAX_LABEL_VALUE_LENGTH } from './core/series-guard';
export { stableMetrics } from './core/released-metrics';
export { ReadinessChecks, type Readiness, type ReadinessCheck } from './core/readiness';
export {
  type ConsumerSpans,
  failSpanOf,
  inSpanOf,
  PRODUCER_RELATIONS,
  type ProducerRelation,
  withConsumerSpans,
} from './tracing/consumer-spans';
export { type TraceCarrier, withProducerSpan } from './tracing/producer-span';
export { currentSampledTraceId, currentTraceparent } from './tracing/traceparent';
