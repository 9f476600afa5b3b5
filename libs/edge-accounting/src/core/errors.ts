/** Codes of programmer mistakes; bad input from outside is a value, not an error. */
export type EdgeAccountingErrorCode = 'window_size_invalid' | 'sequence_invalid' | 'options_invalid';

/** A call that no input from outside can cause: correct the code. */
export class EdgeAccountingError extends Error {
  override readonly name = 'EdgeAccountingError';

  constructor(
    readonly code: EdgeAccountingErrorCode,
    message: string,
  ) {
    super(message);
  }
}
