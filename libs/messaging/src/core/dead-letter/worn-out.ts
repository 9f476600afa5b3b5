import type { ReceivedMessage } from '../consume/received-message';

/** Reason of a dead letter that was received too often, whoever moved it: its consumer, or the queue by itself. */
export const MAX_RECEIVES_REASON = 'max_receives';

/** Receives left when a message is given up: each of them may be cut short before the dead letter has arrived. */
const RECEIVES_LEFT = 10;

/**
 * Whether a message was received so often that its queue is about to move it to the dead letters by itself.
 *
 * The queue would tell nobody: no reason, no receipt, and the books would wait for the message for ever. So its consumer
 * dead-letters it, and does not try it again: it may be what has ended all who tried.
 *
 * @param queue - `maxReceiveCount` of the queue's redrive policy; with 10 and less nothing is ever worn out.
 */
export function isWornOut(
  { receiveCount }: Pick<ReceivedMessage, 'receiveCount'>,
  { maxReceiveCount }: { readonly maxReceiveCount: number },
): boolean {
  return maxReceiveCount > RECEIVES_LEFT && receiveCount > maxReceiveCount - RECEIVES_LEFT;
}
