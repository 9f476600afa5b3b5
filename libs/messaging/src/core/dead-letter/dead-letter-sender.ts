import type { ConsumerPorts } from '../consume/consumer-ports';
import type { DeadLetterDisposition } from '../consume/disposition';
import type { ReceivedMessage } from '../consume/received-message';
import { troubleOf } from '../consume/trouble';
import { messageBytes, type OutgoingMessage } from '../publish/outgoing-message';
import { publishFailure } from '../publish/publish-failure';
import type { PublishResult } from '../publish/publisher';
import { takeBatch } from '../publish/take-batch';
import { deadLetterMessage } from './dead-letter-message';

/** A message and why it is poison. */
export interface Poison {
  readonly message: ReceivedMessage;
  readonly disposition: DeadLetterDisposition;
}

/**
 * Sends poison to the dead-letter queue, then runs the hook, one message after the other.
 *
 * Never throws. What is not returned was not sent, or its hook failed: it must not be deleted.
 *
 * @returns the messages that may be deleted now.
 */
export async function sendDeadLetters(
  poison: readonly Poison[],
  ports: Pick<ConsumerPorts, 'deadLetterQueue' | 'afterDeadLetter' | 'observe'>,
): Promise<readonly ReceivedMessage[]> {
  const done: ReceivedMessage[] = [];
  for (const { entry, result } of await sendAll(poison, ports)) {
    if (result.outcome === 'failed') ports.observe?.(troubleOf('dead_letter', 1, result.detail, result.code));
    else if (await runHook(entry, ports)) done.push(entry.message);
  }
  return done;
}

async function runHook(
  { message, disposition }: Poison,
  ports: Pick<ConsumerPorts, 'afterDeadLetter' | 'observe'>,
): Promise<boolean> {
  try {
    await ports.afterDeadLetter?.(message, disposition);
    ports.observe?.({ kind: 'dead_lettered', message, disposition });
    return true;
  } catch (error) {
    ports.observe?.(troubleOf('after_dead_letter', 1, error));
    return false;
  }
}

async function sendAll(
  poison: readonly Poison[],
  ports: Pick<ConsumerPorts, 'deadLetterQueue'>,
): Promise<readonly { readonly entry: Poison; readonly result: PublishResult }[]> {
  const results: { entry: Poison; result: PublishResult }[] = [];
  let waiting = poison.map((entry) => {
    const outgoing = deadLetterMessage(entry.message, entry.disposition);
    return { entry, outgoing, bytes: messageBytes(outgoing) };
  });
  while (waiting.length > 0) {
    const { batch, rest } = takeBatch(waiting, { oneOfAGroup: false });
    const answers = await send(
      batch.map(({ outgoing }) => outgoing),
      ports,
    );
    results.push(
      ...batch.map(({ entry }, i) => ({ entry, result: answers[i] ?? publishFailure('no answer') })),
    );
    waiting = rest;
  }
  return results;
}

async function send(
  messages: readonly OutgoingMessage[],
  ports: Pick<ConsumerPorts, 'deadLetterQueue'>,
): Promise<readonly PublishResult[]> {
  if (!ports.deadLetterQueue) return messages.map(() => publishFailure('there is no dead-letter queue'));
  try {
    return await ports.deadLetterQueue.sendBatch(messages);
  } catch (error) {
    return messages.map(() => publishFailure(error));
  }
}
