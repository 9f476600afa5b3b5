export type { Series } from '../core/arena/arena-family';
export {
  type CounterOf,
  createMetrics,
  type GaugeOf,
  type HistogramOf,
  type Metrics,
} from './create-metrics';
export { type Build, Exposition } from './exposition';
export { httpRequestMetrics } from './http-request-metrics';
export { MetricsServer, type MetricsServerOptions } from './metrics-server';
