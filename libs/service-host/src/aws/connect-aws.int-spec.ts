import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { connectEmbeddedAws, type EmbeddedAws, seedUnderUniquePrefix } from '@latido/testing';
import type { GivenNames } from '@latido/topology';
import { closeAwsClients, connectAws, dependenciesOf } from '.';

const QUEUE = 'service-b-events';

describe('connecting to AWS', () => {
  let aws: EmbeddedAws;
  let names: Awaited<ReturnType<typeof seedUnderUniquePrefix>>;

  beforeAll(async () => {
    aws = connectEmbeddedAws();
    names = await seedUnderUniquePrefix(aws);
  });
  afterAll(() => aws.close());

  const connect = async (horizonDays = 45, resourcePrefix = names.prefix, resourceNames: GivenNames = {}) =>
    connectAws(
      { resourcePrefix, resourceNames, awsRegion: 'us-east-1', awsAccountId: '000000000000' },
      (name) => ({
        tables: [name.table('WriteAheadLog')],
        queues: { events: name.queue(QUEUE), dead: name.deadLetterQueue(QUEUE) },
        topics: { receipts: name.topicArn('receipts') },
        dedup: { horizonDays, queue: 'events', deadLetterQueue: 'dead' },
      }),
    );

  it('gives what was found by the keys it was asked for', async () => {
    const found = await connect();
    expect(found.queues.events).toMatchObject({ name: names.queue(QUEUE), retentionSeconds: 345_600 });
    expect(found.queues.dead.url).toContain(names.deadLetterQueue(QUEUE));
    expect(found.topics).toEqual({ receipts: names.topicArn('receipts') });
    closeAwsClients(found);
  });

  it('finds resources that somebody else has named, by name, URL or ARN', async () => {
    const given = {
      queues: {
        [QUEUE]: names.queueArn(QUEUE),
        [`${QUEUE}-dlq`]: `http://sqs/1/${names.deadLetterQueue(QUEUE)}`,
      },
      topics: { receipts: names.topicArn('receipts') },
      tables: { WriteAheadLog: names.table('WriteAheadLog') },
    };
    const found = await connect(45, 'nothing-here', given);
    expect(found.queues.events.name).toBe(names.queue(QUEUE));
    expect(found.topics.receipts).toBe(names.topicArn('receipts'));
    closeAwsClients(found);
  });

  it('watches one of each kind, all of which answer', async () => {
    const found = await connect();
    const dependencies = dependenciesOf(found, {
      logTable: names.table('WriteAheadLog'),
      queueUrl: found.queues.events.url,
      topicArn: found.topics.receipts,
    });
    expect(dependencies.map(({ name }) => name)).toEqual(['dynamodb', 'sns', 'sqs']);
    await Promise.all(dependencies.map(({ probe }) => probe()));
    closeAwsClients(found);
  });

  it('refuses with everything that is missing, each with its fix', async () => {
    await expect(connect(45, 'nothing-here')).rejects.toMatchObject({
      code: 'start_refused',
      problems: Array.from({ length: 4 }, () => ({
        problem: expect.stringContaining('nothing-here-') as string,
        fix: expect.stringMatching(/^create it /) as string,
      })),
    });
  });

  it('refuses a dedup horizon that the queue as it is now outlasts, whatever was planned', async () => {
    const found = await connect(22);
    closeAwsClients(found);
    const { url } = found.queues.events;
    const Attributes = { MessageRetentionPeriod: String(5 * 86_400) };
    await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    await expect(connect(22)).rejects.toMatchObject({
      problems: [
        {
          problem: `DEDUP_HORIZON_DAYS is 22, but ${names.queue(QUEUE)} may deliver again after 24 days`,
          fix: expect.stringContaining('at least 24') as string,
        },
      ],
    });
  });
});
