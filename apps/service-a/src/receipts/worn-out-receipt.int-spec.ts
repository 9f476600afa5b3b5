import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { lookUpQueue } from '@latido/messaging/aws';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { connectEmbeddedAws, eventually, seedUnderUniquePrefix } from '@latido/testing';
import request from 'supertest';
import { ServiceAModule } from '../app.module';
import { serviceA } from '../configuration';
import { connectAws } from '../infrastructure/connect-aws';
import { aReceipt } from '../testing/a-receipt';

const WITHIN = { withinMs: 15_000 };
/** Ten below what the queue itself would bury it at. */
const MOST_TRIES = 90;

const aws = connectEmbeddedAws();
const hosts: TestHost[] = [];
let names: Awaited<ReturnType<typeof seedUnderUniquePrefix>>;
let queueUrl: string;

beforeAll(async () => {
  names = await seedUnderUniquePrefix(aws);
  const found = await lookUpQueue(aws.sqs, names.queue('service-a-receipts'));
  if (found.outcome === 'missing') throw found.error;
  queueUrl = found.value.url;
});
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.close()));
  aws.close();
}, 30_000);

async function start({ isConsuming }: { readonly isConsuming: boolean }): Promise<TestHost> {
  const host = await startTestHost(
    serviceA,
    (given) => ServiceAModule.with(given, { connect: connectAws, isConsuming }),
    { LOCAL_API_TOKEN: 'a-token-for-tests', RESOURCE_PREFIX: names.prefix },
  );
  hosts.push(host);
  return host;
}

/** Receives the one message of the queue so many times, as consumers do that end before they settle it. */
async function wear(receives: number): Promise<void> {
  const poll = { QueueUrl: queueUrl, VisibilityTimeout: 0, WaitTimeSeconds: 1 };
  for (let done = 0; done < receives;)
    done += (await aws.sqs.send(new ReceiveMessageCommand(poll))).Messages?.length ?? 0;
}

async function accept({ server, authorization }: TestHost): Promise<string> {
  const posting = request(server).post('/events').set('Authorization', authorization);
  const { body } = await posting.send({ subject: 'cart-1', operation: 'put', data: { a: 1 } }).expect(202);
  return String(body.id);
}

describe('a receipt that was received too often', () => {
  it('is a dead letter with that reason, is counted, and settles nothing', async () => {
    const id = await accept(await start({ isConsuming: false }));
    const log = new DynamoTable(aws.dynamodb, names.table('WriteAheadLog'), ['LogID']);
    const entry = await log.get({ LogID: `outbox#${id}` }, 'strong');
    const { body } = aReceipt({ requestId: id, fingerprint: String(entry?.['Fingerprint']), version: 1 });
    await aws.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
    await wear(MOST_TRIES);

    const { server, parts } = await start({ isConsuming: true });
    await eventually(async () => {
      const letters = (await request(server).get('/dead-letters').expect(200)).body;
      expect(letters.items).toMatchObject([{ queue: 'service-a-receipts', reason: 'max_receives', body }]);
    }, WITHIN);
    expect(await parts.exposition.write()).toContain(
      'interop_dead_letters_total{queue="service-a-receipts",reason="max_receives"} 1\n',
    );
    expect((await request(server).get(`/events/${id}`).expect(200)).body).toMatchObject({
      status: 'pending',
    });
  }, 60_000);
});
