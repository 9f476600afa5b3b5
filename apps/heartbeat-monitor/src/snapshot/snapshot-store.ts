/** Port: keeps one text a replica, the newest. */
export interface SnapshotStore {
  /**
   * Replaces the replica's snapshot; a crash in the middle leaves the one before.
   * @throws SnapshotTooLargeError, or whatever the store throws.
   */
  save(replica: number, text: string): Promise<void>;
  /** The newest snapshot that was saved whole. */
  load(replica: number): Promise<string | undefined>;
}

/** The snapshot has more parts than are kept. Verdicts go on; a restart warms up without it. */
export class SnapshotTooLargeError extends Error {
  override readonly name = 'SnapshotTooLargeError';
  readonly code = 'snapshot_too_large';

  constructor(
    readonly bytes: number,
    readonly maxBytes: number,
  ) {
    super(
      `the snapshot has ${bytes} bytes compressed, ${maxBytes} are kept; watch fewer instances with one monitor`,
    );
  }
}
