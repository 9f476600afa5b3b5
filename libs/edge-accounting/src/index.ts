export type { Consumption } from './core/consumed-edges';
export type { Conservation } from './core/delivery-ledger';
export { EdgeAggregator, type EdgeAggregatorOptions } from './core/edge-aggregator';
export { EdgeBook, type EdgeBookOptions } from './core/edge-book';
export { type EdgeReport, encodeEdgeReport, parseEdgeReport, type Reporter } from './core/edge-report';
export { type EdgeFigures, type EdgeName, type EdgeTotals, noTotals } from './core/edge-totals';
export { EdgeAccountingError } from './core/errors';
export { LatencySketch, RELATIVE_ERROR } from './core/latency-sketch';
export { type Arrival, type Fate, SequenceWindow } from './core/sequence-window';
