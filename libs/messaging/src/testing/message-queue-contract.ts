import type { MessageQueue } from '../core/consume/message-queue';
import type { ReceivedMessage } from '../core/consume/received-message';
import { receiveAll } from './receive-all';

/** What the suite needs of an adapter: a fresh, empty queue, and to let time pass for its visibility. */
export interface QueueUnderTest {
  readonly queue: MessageQueue;
  readonly passTime: (ms: number) => Promise<void>;
}

/** Contract of the {@link MessageQueue} port; every adapter passes it. */
export function describeMessageQueueContract(name: string, make: () => Promise<QueueUnderTest>): void {
  describe(`the contract of a message queue, by ${name}`, () => {
    it('delivers what was sent: body, attributes, id, first delivery, time', async () => {
      const { queue } = await make();
      const [result] = await queue.sendBatch([{ body: '{"n":1}', attributes: { type: 'a.v1' } }]);
      const [message] = await take(queue);
      expect(result?.outcome).toBe('published');
      expect(message).toMatchObject({ body: '{"n":1}', attributes: { type: 'a.v1' }, receiveCount: 1 });
      expect(message?.messageId).toBe(result?.outcome === 'published' ? result.messageId : 'not published');
      expect(message?.sentAtMs).toBeGreaterThan(Date.UTC(2020, 0, 1));
    });

    it('answers an empty receive with no messages', async () => {
      const { queue } = await make();
      expect(await queue.receive({ maxMessages: 10, visibilitySeconds: 30, waitSeconds: 0 })).toEqual([]);
    });

    it('hides a delivered message and delivers it again, counted, when its time is over', async () => {
      const { queue, passTime } = await make();
      await send(queue, 1);
      const [first] = await take(queue, { visibilitySeconds: 1 });
      expect(await look(queue)).toEqual([]);
      await passTime(1_100);
      const [second] = await take(queue);
      expect(second).toMatchObject({ messageId: first?.messageId, receiveCount: 2 });
      expect(second?.receiptHandle).not.toBe(first?.receiptHandle);
    });

    it('hides a message longer when its visibility is extended in time', async () => {
      const { queue, passTime } = await make();
      await send(queue, 1);
      const [message] = await take(queue, { visibilitySeconds: 1 });
      expect(await queue.changeVisibility([{ receiptHandle: handleOf(message), seconds: 30 }])).toEqual([]);
      await passTime(1_100);
      expect(await look(queue)).toEqual([]);
    });

    it('delivers at once what is given back with 0 seconds', async () => {
      const { queue } = await make();
      await send(queue, 1);
      const [message] = await take(queue);
      await queue.changeVisibility([{ receiptHandle: handleOf(message), seconds: 0 }]);
      expect(await look(queue)).toHaveLength(1);
    });

    it('deletes several messages in one call and leaves the others', async () => {
      const { queue } = await make();
      await send(queue, 3);
      const messages = await receiveAll(queue, 3);
      expect(await queue.delete(messages.slice(0, 2).map(handleOf))).toEqual([]);
      await queue.changeVisibility([{ receiptHandle: handleOf(messages[2]), seconds: 0 }]);
      expect((await look(queue)).map(({ body }) => body)).toEqual([messages[2]?.body]);
    });

    it('deletes two deliveries of one message in one call', async () => {
      const { queue, passTime } = await make();
      await send(queue, 1);
      const [first] = await take(queue, { visibilitySeconds: 1 });
      await passTime(1_100);
      const [second] = await take(queue);
      expect(await queue.delete([handleOf(first), handleOf(second)])).toEqual([]);
      await passTime(1_100);
      expect(await look(queue)).toEqual([]);
    });

    it('takes the delete of what is deleted already', async () => {
      const { queue } = await make();
      await send(queue, 1);
      const [message] = await take(queue);
      await queue.delete([handleOf(message)]);
      expect(await queue.delete([handleOf(message)])).toEqual([]);
    });
  });
}

async function send(queue: MessageQueue, count: number): Promise<void> {
  await queue.sendBatch(Array.from({ length: count }, (_, i) => ({ body: `{"n":${i}}`, attributes: {} })));
}

async function take(
  queue: MessageQueue,
  how: { readonly visibilitySeconds: number } = { visibilitySeconds: 30 },
): Promise<readonly ReceivedMessage[]> {
  return queue.receive({ maxMessages: 10, waitSeconds: 1, ...how });
}

async function look(queue: MessageQueue): Promise<readonly ReceivedMessage[]> {
  return queue.receive({ maxMessages: 10, visibilitySeconds: 30, waitSeconds: 0 });
}

function handleOf(message: ReceivedMessage | undefined): string {
  if (!message) throw new Error('no message was delivered');
  return message.receiptHandle;
}
