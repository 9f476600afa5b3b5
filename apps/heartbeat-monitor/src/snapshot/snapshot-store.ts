/** A text in pieces, in their order: one that is large is made and written without holding others up. */
export type Pieces = Iterable<string> | AsyncIterable<string>;

/** Port: keeps one text under each name, the newest. */
export interface SnapshotStore {
  /**
   * Replaces the text of a name; a crash in the middle leaves the one before.
   * @throws SnapshotTooLargeError, or whatever the store throws.
   */
  save(name: string, pieces: Pieces): Promise<void>;
  /** The newest text that was saved whole. */
  load(name: string): Promise<string | undefined>;
}

/** The snapshot has more parts than are kept. Verdicts go on; a restart begins without it. */
export class SnapshotTooLargeError extends Error {
  override readonly name = 'SnapshotTooLargeError';
  readonly code = 'snapshot_too_large';

  constructor(
    readonly bytes: number,
    readonly maxBytes: number,
  ) {
    super(
      `the snapshot has more than ${bytes} bytes compressed, ${maxBytes} are kept; watch fewer instances with one monitor`,
    );
  }
}
