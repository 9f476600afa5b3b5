export { type ReadPage, type ReadSample, readOpenMetrics } from './read-open-metrics';
