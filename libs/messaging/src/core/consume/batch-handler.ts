import type { Disposition } from './disposition';
import type { ReceivedMessage } from './received-message';

/**
 * Handles 1 to 10 messages and says what becomes of each, in their order.
 *
 * A message of its own trouble: `giveBack` or `deadLetter` it. Throw when nothing can work now (the store is
 * away): all messages are given back and the pollers slow down until a batch succeeds.
 *
 * @param signal - aborted when the handler has run out of time; its answer is ignored from then on.
 */
export type BatchHandler = (
  batch: readonly ReceivedMessage[],
  signal: AbortSignal,
) => Promise<readonly Disposition[]>;
