import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { lookUpQueue } from '@latido/messaging/aws';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { StartRefusedError } from '@latido/service-host';
import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { connectEmbeddedAws, type EmbeddedAws, eventually, seedUnderUniquePrefix } from '@latido/testing';
import request from 'supertest';
import { ServiceAModule } from './app.module';
import { serviceA } from './configuration';
import { connectAws } from './infrastructure/connect-aws';
import { aReceipt } from './testing/a-receipt';

const TOKEN = 'a-token-for-tests';
const WITHIN = { withinMs: 10_000 };

describe.each(['standard', 'fifo'] as const)(
  'service-a on the embedded AWS, %s topics and queues',
  (ordering) => {
    const fifo = ordering === 'fifo';
    let aws: EmbeddedAws;
    let names: Awaited<ReturnType<typeof seedUnderUniquePrefix>>;
    let host: TestHost;

    beforeAll(async () => {
      aws = connectEmbeddedAws();
      names = await seedUnderUniquePrefix(aws);
      host = await startTestHost(
        serviceA,
        (given) => ServiceAModule.with(given, { connect: connectAws, isConsuming: true }),
        { LOCAL_API_TOKEN: TOKEN, RESOURCE_PREFIX: names.prefix, EVENT_ORDERING: ordering },
      );
    });
    afterAll(async () => {
      await host.close();
      aws.close();
    }, 20_000);

    const urlOf = async (name: string) => {
      const found = await lookUpQueue(aws.sqs, name);
      if (found.outcome === 'missing') throw found.error;
      return found.value.url;
    };
    const accept = async (subject: string, key?: string) => {
      const posting = request(host.server).post('/events').set('Authorization', host.authorization);
      if (key !== undefined) void posting.set('Idempotency-Key', key);
      const { body } = await posting.send({ subject, operation: 'put', data: { a: 1 } }).expect(202);
      return String(body.id);
    };
    const show = async (id: string) =>
      (await request(host.server).get(`/events/${id}`).expect(200)).body as {
        readonly status: string;
        readonly version?: number;
      };
    const send = async (queue: string, body: string, group: string) =>
      aws.sqs.send(
        new SendMessageCommand({
          QueueUrl: await urlOf(queue),
          MessageBody: body,
          ...(fifo && { MessageGroupId: group, MessageDeduplicationId: `${group}-${Math.random()}` }),
        }),
      );
    const log = () => new DynamoTable(aws.dynamodb, names.table('WriteAheadLog'), ['LogID']);

    it('stores claim and entry, and delivers the event to the queue of service-b', async () => {
      const id = await accept('cart-1', 'key-1');
      const claims = new DynamoTable(aws.dynamodb, names.table('IdempotencyTable'), ['RequestID']);
      expect(await claims.get({ RequestID: 'http#key-1' }, 'strong')).toMatchObject({ Decision: { id } });
      expect(await log().get({ LogID: `outbox#${id}` }, 'strong')).toMatchObject({
        OutboxStatus: 'service-a#pending',
        Subject: 'cart-1',
      });
      const QueueUrl = await urlOf(names.queue('service-b-events', { fifo }));
      await eventually(async () => {
        const { Messages } = await aws.sqs.send(
          new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MessageAttributeNames: ['All'] }),
        );
        expect(JSON.parse(Messages?.[0]?.Body ?? '{}')).toMatchObject({
          id,
          subject: 'cart-1',
          sequence: '1',
        });
        expect(Messages?.[0]?.MessageAttributes?.['type']?.StringValue).toBe('latido.state.changed.v1');
      }, WITHIN);
    });

    it('completes an event by the receipt from its queue', async () => {
      const id = await accept('cart-2');
      const entry = await log().get({ LogID: `outbox#${id}` }, 'strong');
      const { body } = aReceipt({ requestId: id, fingerprint: String(entry?.['Fingerprint']), version: 4 });
      await send(names.queue('service-a-receipts', { fifo }), body, 'cart-2');
      await eventually(
        async () => expect(await show(id)).toMatchObject({ status: 'complete', version: 4 }),
        WITHIN,
      );
    });

    it('buries a receipt that it cannot read, lists it with the reason, and sends it back', async () => {
      await send(names.queue('service-a-receipts', { fifo }), 'hello', 'poison');
      const letters = await eventually(async () => {
        const { body } = await request(host.server).get('/dead-letters').expect(200);
        expect(body.items).toMatchObject([
          { queue: 'service-a-receipts', reason: 'not_json', body: 'hello' },
        ]);
        return body.items as { readonly id: string }[];
      }, WITHIN);
      const redriving = request(host.server).post(`/dead-letters/${letters[0]!.id}/redrive`);
      const { body } = await redriving.set('Authorization', host.authorization).expect(200);
      expect(body).toMatchObject({ outcome: 'redriven', queue: 'service-a-receipts' });
    });
  },
);

describe('service-a without its resources', () => {
  it('refuses to start, naming each table, topic and queue with its fix', async () => {
    const starting = startTestHost(
      serviceA,
      (given) => ServiceAModule.with(given, { connect: connectAws, isConsuming: true }),
      { LOCAL_API_TOKEN: TOKEN, RESOURCE_PREFIX: 'none' },
    );
    const refusal: unknown = await starting.catch((error: unknown) => error);
    if (!(refusal instanceof StartRefusedError)) throw refusal;
    expect(refusal.problems).toHaveLength(8);
    for (const { problem, fix } of refusal.problems) {
      expect(problem).toContain('none-');
      expect(fix).toContain('npm run infra:deploy');
    }
  });
});
