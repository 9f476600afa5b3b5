import type { MessageQueue } from '../core/consume/message-queue';
import type { ReceivedMessage } from '../core/consume/received-message';

/** Receives until `count` messages came; a queue may answer with fewer than it has. Leaves them hidden. */
export async function receiveAll(queue: MessageQueue, count: number): Promise<readonly ReceivedMessage[]> {
  const messages: ReceivedMessage[] = [];
  while (messages.length < count) {
    const more = await queue.receive({ maxMessages: 10, visibilitySeconds: 30, waitSeconds: 2 });
    if (more.length === 0) throw new Error(`only ${messages.length} of ${count} messages came`);
    messages.push(...more);
  }
  return messages;
}
