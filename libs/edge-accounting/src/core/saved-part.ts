import type { EdgeFigures, EdgeName } from './edge-totals';
import type { WireSketch } from './latency-sketch';
import type { SavedStream } from './saved-stream';

/** Raised when a part changes its form: one of another form is not read. */
export const SAVED_FORMAT = 3;

/** One edge with the sums of the epochs that are closed. */
export interface SavedEdge {
  readonly kind: 'edge';
  readonly name: EdgeName;
  readonly retired: EdgeFigures;
  readonly latency: WireSketch;
}

export interface SavedHead {
  readonly kind: 'head';
  readonly format: number;
  readonly windowSize: number;
  readonly savedAtMs: number;
  /** What the marks of the streams are behind the clock of `savedAtMs`. */
  readonly unwatchedMs: number;
  /** Services that lost a process while the book was still recovering from an absence of before. */
  readonly bereaved: readonly string[];
}

/** Says how many parts came before it, so that a copy that was cut off is not taken for the whole. */
interface SavedEnd {
  readonly kind: 'end';
  readonly parts: number;
}

/** A book is saved in parts: head, edges, streams, end. Each is plain JSON, most are under 1 KB. */
export type SavedPart = SavedHead | SavedEdge | SavedStream | SavedEnd;
