import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { connectEmbeddedAws, type EmbeddedAws, seedUnderUniquePrefix } from '@latido/testing';
import { lookUpQueue, lookUpTopic, queueDepth } from '.';

describe('looking for queues and topics', () => {
  let aws: EmbeddedAws;
  let names: Awaited<ReturnType<typeof seedUnderUniquePrefix>>;

  beforeAll(async () => {
    aws = connectEmbeddedAws();
    names = await seedUnderUniquePrefix(aws);
  });
  afterAll(() => aws.close());

  it('finds a queue that exists, and how long it keeps messages', async () => {
    const name = names.queue('service-b-events');
    expect(await lookUpQueue(aws.sqs, name)).toEqual({
      outcome: 'found',
      value: { name, url: expect.stringContaining(name) as string, retentionSeconds: 345_600 },
    });
  });

  it('says with code and fix that a queue is missing', async () => {
    expect(await lookUpQueue(aws.sqs, `${names.prefix}-none`)).toMatchObject({
      outcome: 'missing',
      error: { code: 'queue_missing', message: expect.stringContaining('create it') as string },
    });
  });

  it('finds a topic that exists, and says that another is missing', async () => {
    const arn = names.topicArn('state-events');
    expect(await lookUpTopic(aws.sns, arn)).toEqual({ outcome: 'found', value: arn });
    expect(await lookUpTopic(aws.sns, `${arn}-none`)).toMatchObject({
      outcome: 'missing',
      error: { code: 'topic_missing' },
    });
  });

  it('counts the messages of a queue', async () => {
    const found = await lookUpQueue(aws.sqs, names.queue('service-a-receipts'));
    const url = found.outcome === 'found' ? found.value.url : '';
    await aws.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'one' }));
    expect(await queueDepth(aws.sqs, url)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });
});
