import type { OutgoingMessage, ReceivedMessage } from '@latido/messaging';
import { eventually } from '@latido/testing';
import { acceptAll, commands } from './ledger';
import { QueueDesk } from './queue-desk';
import type { Scene } from './scene';

const WITHIN = { withinMs: 30_000 };

/** The number a message carries on its stream. */
export function sequenceOf({ body }: Pick<ReceivedMessage, 'body'>): number {
  return Number((JSON.parse(body) as { readonly sequence: string }).sequence);
}

/**
 * Has service-a send so many events, each of a subject of its own, and takes them out of the queue of service-b. Then ends
 * service-a, whose relay repeats what has no receipt, and takes out what it has repeated.
 * @returns the messages by their numbers, from 1.
 */
export async function takeNumbered(
  scene: Scene,
  count: number,
): Promise<ReadonlyMap<number, OutgoingMessage>> {
  await acceptAll(scene, commands(count, { subjects: count }));
  const desk = new QueueDesk(scene.aws);
  const taken = new Map<number, OutgoingMessage>();
  await eventually(async () => {
    for (const message of await desk.takeAll(scene.names.queue('service-b-events')))
      taken.set(sequenceOf(message), message);
    if (taken.size !== count) throw new Error(`${taken.size} of ${count} messages are there`);
  }, WITHIN);
  await scene.kill('service-a', 'SIGTERM');
  await desk.takeAll(scene.names.queue('service-b-events'));
  return taken;
}

/** Has service-b handle one message; it has to be in manual mode. Queues that keep no order would make other numbers. */
export async function handOver(scene: Scene, message: OutgoingMessage): Promise<void> {
  await new QueueDesk(scene.aws).put(scene.names.queue('service-b-events'), [message]);
  await handleOne(scene);
}

/** Has service-b handle the one message that is in its queue. */
export async function handleOne({ b }: Scene): Promise<void> {
  await eventually(async () => {
    const { status, body } = await b.post('/consumer/process');
    const { received } = body as { readonly received?: number };
    if (status !== 200 || received !== 1) throw new Error(`${status}: ${JSON.stringify(body)}`);
  }, WITHIN);
}
