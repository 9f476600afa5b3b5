export type { Measurement } from './fleet-simulation';
export { violationsOf } from './judge-quality';
export { qualityPlot } from './quality-plot';
export { qualityReport } from './quality-report';
export { planQuality, runQuality } from './quality-run';
