/** `options_invalid`: change the code; `time_invalid`: parse before you merge; `limit_invalid`: repair the stored item. */
export type LamportClockErrorCode = 'options_invalid' | 'time_invalid' | 'limit_invalid';

/** A mistake of a programmer or of whoever edited the stored limit; nothing that waiting would heal. */
export class LamportClockError extends Error {
  override readonly name = 'LamportClockError';

  constructor(
    readonly code: LamportClockErrorCode,
    message: string,
  ) {
    super(message);
  }
}
