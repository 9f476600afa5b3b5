import type { Retry } from './retry';
import type { SegmentStore } from './segment';
import type { WriterStore } from './writer';

/** What the log needs from outside. Every member is a port; the core reads no clock and makes no randomness itself. */
export interface LogPorts<R> {
  readonly segments: SegmentStore<R>;
  readonly writers: WriterStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A text that was never given before by any process: a random UUID, for instance. */
  readonly newToken: () => string;
  /** Repeats a call to a store after failures that may pass. See `boundedRetry`. */
  readonly retry: Retry;
}
