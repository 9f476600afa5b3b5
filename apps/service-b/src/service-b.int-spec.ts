import { PublishBatchCommand } from '@aws-sdk/client-sns';
import { eventMessage, type EventEnvelope, type ReceivedMessage } from '@latido/messaging';
import { createSqsClients, lookUpQueue, sha256Hex, SqsQueue } from '@latido/messaging/aws';
import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { connectEmbeddedAws, type EmbeddedAws, eventually, seedUnderUniquePrefix } from '@latido/testing';
import request from 'supertest';
import { AppModule } from './app.module';
import { serviceB } from './configuration';
import { anEnvelope, putOf } from './testing/an-event-message';

const SECONDS_20 = { withinMs: 20_000 };
// A poll that waits for messages ends after 5 s at the latest, and so does the stop.
jest.setTimeout(30_000);

describe.each(['standard', 'fifo'] as const)('service-b on the embedded AWS, %s queues', (ordering) => {
  const fifo = ordering === 'fifo';
  let aws: EmbeddedAws;
  let names: Awaited<ReturnType<typeof seedUnderUniquePrefix>>;
  let host: TestHost;

  beforeAll(async () => {
    aws = connectEmbeddedAws();
    names = await seedUnderUniquePrefix(aws);
    host = await startTestHost(serviceB, (given) => AppModule.with(given), {
      RESOURCE_PREFIX: names.prefix,
      EVENT_ORDERING: ordering,
      LOCAL_API_TOKEN: 'a-token-for-tests',
    });
  });
  afterAll(async () => {
    await host.parts.stop.run();
    await host.close();
    aws.close();
  });

  const publish = async (...envelopes: readonly EventEnvelope[]): Promise<void> => {
    const entries = envelopes.map((envelope, i) => {
      const { body, groupId, deduplicationId } = eventMessage(envelope, { fifo, sha256Hex });
      return {
        Id: String(i),
        Message: body,
        MessageGroupId: groupId,
        MessageDeduplicationId: deduplicationId,
      };
    });
    const TopicArn = names.topicArn('state-events', { fifo });
    await aws.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
  };
  const receiveFrom = async (name: string): Promise<readonly ReceivedMessage[]> => {
    const clients = createSqsClients();
    const found = await lookUpQueue(clients.commands, name);
    if (found.outcome === 'missing') throw found.error;
    const queue = new SqsQueue(clients, found.value.url);
    const messages = await queue.receive({ maxMessages: 10, visibilitySeconds: 1, waitSeconds: 1 });
    for (const client of [clients.commands, clients.polls]) client.destroy();
    return messages;
  };
  const history = async (subject: string): Promise<readonly unknown[]> => {
    const { body } = await request(host.server).get(`/services/${subject}/versions`).expect(200);
    return body.items.map(({ value }: { value: unknown }) => value).toReversed();
  };

  it('makes versions of what is published, and answers the producer', async () => {
    await publish(anEnvelope('e1', { data: putOf(1) }), anEnvelope('e2', { data: putOf(2), sequence: 2 }));
    await eventually(
      async () => expect(new Set(await history('cart-1'))).toEqual(new Set([1, 2])),
      SECONDS_20,
    );
    const receipts = await eventually(async () => {
      const received = await receiveFrom(names.queue('service-a-receipts', { fifo }));
      expect(received.length).toBeGreaterThan(0);
      return received;
    }, SECONDS_20);
    expect(JSON.parse(receipts[0]?.body ?? '{}')).toMatchObject({
      type: 'latido.receipt.v1',
      source: '/service-b',
      data: { outcome: 'applied' },
    });
  });

  it('moves poison to the dead-letter queue with its reason', async () => {
    await publish(
      anEnvelope('e3', { subject: 'cart-3', type: 'foreign.type.v1', dataschema: 'urn:foreign' }),
    );
    await eventually(async () => {
      expect(await receiveFrom(names.deadLetterQueue('service-b-events', { fifo }))).toMatchObject([
        { attributes: { deadLetterReason: 'unknown_type', requestId: 'e3' } },
      ]);
    }, SECONDS_20);
  });

  it('keeps the order of a subject where the queue does', async () => {
    const values = Array.from({ length: 8 }, (_, i) => i);
    await publish(
      ...values.map((n) => anEnvelope(`o-${n}`, { subject: 'cart-9', data: putOf(n), sequence: 10 + n })),
    );
    const applied = await eventually(async () => {
      const all = await history('cart-9');
      expect(all).toHaveLength(values.length);
      return all;
    }, SECONDS_20);
    if (fifo) expect(applied).toEqual(values);
    else expect(new Set(applied)).toEqual(new Set(values));
  });

  it('counts what its tables were asked for, under names without a prefix', async () => {
    const page = await host.parts.exposition.write();
    for (const table of ['IdempotencyTable', 'VersionedState', 'WriteAheadLog'])
      expect(page).toMatch(new RegExp(`interop_commit_write_units_total\\{table="${table}"\\} [1-9]`));
  });
});

describe('service-b on an AWS where nothing was created', () => {
  it('refuses to start and names every table, queue and topic with the fix', async () => {
    const starting = startTestHost(serviceB, (given) => AppModule.with(given), {
      RESOURCE_PREFIX: 'nothing-here',
    });
    await expect(starting).rejects.toMatchObject({
      code: 'start_refused',
      problems: Array.from({ length: 7 }, () => ({
        problem: expect.stringContaining('nothing-here-'),
        fix: expect.stringContaining('npm start'),
      })),
    });
  });
});
