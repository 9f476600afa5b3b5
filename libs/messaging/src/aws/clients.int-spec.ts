import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSnsClient, createSqsClients } from './clients';
import { SnsTopic } from './sns-topic';
import { SqsQueue } from './sqs-queue';

/** A host that takes connections and never says anything, as a frozen broker does. */
const sockets: Socket[] = [];
const silent = createServer((socket) => void sockets.push(socket));
let endpoint = '';
beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

describe('a broker that never answers', () => {
  const limits = { region: 'us-east-1', requestTimeoutMs: 50, longPollMs: 50, maxAttempts: 1 };

  it.each([
    ['send', async (queue: SqsQueue) => queue.sendBatch([{ body: '{}', attributes: {} }])],
    [
      'receive',
      async (queue: SqsQueue) => queue.receive({ maxMessages: 1, visibilitySeconds: 1, waitSeconds: 1 }),
    ],
  ])('ends a %s to SQS after its limit, as unavailable', async (_what, call) => {
    const queue = new SqsQueue(createSqsClients({ ...limits, endpoint }), `${endpoint}/000000000000/q`);
    await expect(call(queue)).rejects.toMatchObject({ code: 'unavailable', transient: true });
  });

  it('ends a publication to SNS after its limit, as unavailable', async () => {
    const topic = new SnsTopic(
      createSnsClient({ ...limits, endpoint }),
      'arn:aws:sns:us-east-1:000000000000:t',
    );
    await expect(topic.sendBatch([{ body: '{}', attributes: {} }])).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
