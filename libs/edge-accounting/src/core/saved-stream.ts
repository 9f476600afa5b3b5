import { EdgeAccountingError } from './errors';
import type { WireSketch } from './latency-sketch';
import type { NumberRange } from './number-set-codec';
import type { SequenceWindow } from './sequence-window';
import { decodeWindow, type WireWindow } from './window-codec';

/** How long a book was not there, and when what it may have lost with that will have been told again. */
export interface Absence {
  readonly awayMs: number;
  readonly recoveredAtMs: number;
}

/** Marks of waiting: `[atMs, highest]`. */
export interface SavedMarks {
  readonly marks: readonly (readonly [atMs: number, highest: number])[];
  readonly passed: number;
}

/** Counters of one instance in one life; counts in the order in which reports have them. */
interface SavedReporter {
  readonly key: string;
  readonly instance: string;
  readonly counts: readonly number[];
  readonly latency: WireSketch;
  readonly highest: number;
}

export interface SavedReporters {
  readonly reporters: readonly SavedReporter[];
  readonly retired: { readonly counts: readonly number[]; readonly latency: WireSketch };
  readonly lastAtMs: number;
}

/** Numbers below a window, by their last verdict. */
type Settled = Readonly<Record<'voided' | 'delivered' | 'deadLettered' | 'lost' | 'unobserved', number>>;

export interface SavedLedger {
  readonly consumer: string;
  readonly window: WireWindow;
  readonly reporters: SavedReporters;
  readonly gapMarks: SavedMarks;
  readonly tailMarks: SavedMarks;
  readonly settled: Settled;
  readonly doubts: readonly (readonly ['producer' | 'consumer', NumberRange])[];
  readonly settledUpTo: number;
  readonly unknownUpTo: number;
  readonly lostEver: number;
}

/** One producer's sequence with all who consume it. */
export interface SavedStream {
  readonly kind: 'stream';
  readonly source: string;
  readonly epoch: number;
  readonly topic: string;
  /** The service whose report opened it in the book. */
  readonly openedBy: string;
  /** The process that reports it as its own. */
  readonly owner?: string;
  readonly window: WireWindow;
  readonly contracts: Readonly<Record<string, number>>;
  readonly ledgers: readonly SavedLedger[];
}

/** A saved window. @throws EdgeAccountingError `snapshot_unreadable`. */
export function savedWindow(value: WireWindow): SequenceWindow {
  return decodeWindow(value, { joined: true }) ?? unreadable('a window is not one');
}

/** @throws EdgeAccountingError `snapshot_unreadable`, always. */
export function unreadable(why: string): never {
  throw new EdgeAccountingError('snapshot_unreadable', `${why}: start with an empty book`);
}
