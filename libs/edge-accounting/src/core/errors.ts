/** Codes of programmer mistakes, and of a snapshot that this build cannot read; other bad input is a value, not an error. */
export type EdgeAccountingErrorCode =
  'window_size_invalid' | 'sequence_invalid' | 'options_invalid' | 'snapshot_unreadable';

/** A call that no report can cause: correct the code, or start without the snapshot. */
export class EdgeAccountingError extends Error {
  override readonly name = 'EdgeAccountingError';

  constructor(
    readonly code: EdgeAccountingErrorCode,
    message: string,
  ) {
    super(message);
  }
}
