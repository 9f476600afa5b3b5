/**
 * The longest time after which a queue may still deliver a message again, in seconds.
 *
 *     sent ...queue retention... | ...dead-letter retention... redrive | ...queue retention...
 *
 * A redrive sends the message anew, so its last stay in the queue counts a second time.
 * Whoever deduplicates must remember longer than this.
 */
export function redeliveryBoundSeconds(queue: {
  readonly retentionSeconds: number;
  readonly deadLetter: { readonly retentionSeconds: number };
}): number {
  return 2 * queue.retentionSeconds + queue.deadLetter.retentionSeconds;
}
