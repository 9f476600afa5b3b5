import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { connectEmbeddedAws, seedUnderUniquePrefix } from '@latido/testing';
import { topology } from '../core/topology';
import { seedQueues } from './seed-queues';
import { seedTables } from './seed-tables';
import { seedTopics } from './seed-topics';

describe('seeding from the topology', () => {
  const aws = connectEmbeddedAws();
  let names: Awaited<ReturnType<typeof seedUnderUniquePrefix>>;

  beforeAll(async () => {
    names = await seedUnderUniquePrefix(aws);
  });
  afterAll(() => aws.close());

  async function urlOf(QueueName: string): Promise<string> {
    return (await aws.sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  }

  async function receive(queue: string): Promise<string | undefined> {
    const { Messages } = await aws.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: await urlOf(queue), WaitTimeSeconds: 5 }),
    );
    return Messages?.[0]?.Body;
  }

  test('delivers a published message raw to the subscribed queue', async () => {
    await aws.sns.send(new PublishCommand({ TopicArn: names.topicArn('state-events'), Message: 'plain' }));
    expect(await receive(names.queue('service-b-events'))).toBe('plain');
  });

  test('delivers over the twins with kept order too', async () => {
    await aws.sns.send(
      new PublishCommand({
        TopicArn: names.topicArn('state-events', { fifo: true }),
        Message: 'in order',
        MessageGroupId: 'cart-7',
        MessageDeduplicationId: '1',
      }),
    );
    expect(await receive(names.queue('service-b-events', { fifo: true }))).toBe('in order');
  });

  test('delivers a heartbeat to every replica of the monitor', async () => {
    await aws.sns.send(new PublishCommand({ TopicArn: names.topicArn('heartbeats'), Message: 'beat' }));
    expect(await receive(names.queue('heartbeat-monitor-heartbeats-0'))).toBe('beat');
    expect(await receive(names.queue('heartbeat-monitor-heartbeats-1'))).toBe('beat');
  });

  test('keeps messages and mends changed attributes when everything exists already', async () => {
    const QueueUrl = await urlOf(names.queue('service-a-receipts'));
    await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'still here' }));
    await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '7' } }));

    await seedTables(aws.dynamodb, topology, names);
    await seedQueues(aws.sqs, topology, names);
    await seedTopics(aws.sns, topology, names);

    const { Attributes } = await aws.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout', 'RedrivePolicy'] }),
    );
    expect(Attributes?.['VisibilityTimeout']).toBe('60');
    expect(Attributes?.['RedrivePolicy']).toContain('service-a-receipts-dlq');
    expect(await receive(names.queue('service-a-receipts'))).toBe('still here');
  });

  test('lists subjects in order from the index on version 1, and only those', async () => {
    const put = (subject: string, version: number): Promise<unknown> =>
      aws.dynamodb.send(
        new PutItemCommand({
          TableName: names.table('VersionedState'),
          Item: {
            ServiceID: { S: subject },
            VersionNumber: { N: String(version) },
            ...(version === 1 && { SubjectBucket: { S: '0' } }),
          },
        }),
      );
    await Promise.all([put('cart-2', 1), put('cart-1', 1), put('cart-1', 2)]);
    const { Items } = await aws.dynamodb.send(
      new QueryCommand({
        TableName: names.table('VersionedState'),
        IndexName: 'Subjects',
        KeyConditionExpression: 'SubjectBucket = :bucket',
        ExpressionAttributeValues: { ':bucket': { S: '0' } },
      }),
    );
    expect(Items?.map(({ ServiceID }) => ServiceID?.S)).toEqual(['cart-1', 'cart-2']);
  });

  test('finds outbox entries by status and time, and follows a change of status', async () => {
    const TableName = names.table('WriteAheadLog');
    for (const [id, nextAt] of [
      ['late', 30],
      ['soon', 9],
      ['settled', 10],
    ] as const)
      await aws.dynamodb.send(
        new PutItemCommand({
          TableName,
          Item: {
            LogID: { S: `outbox#${id}` },
            OutboxStatus: { S: 'pending' },
            NextAt: { N: String(nextAt) },
            Subject: { S: id },
          },
        }),
      );
    await aws.dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: { LogID: { S: 'outbox#settled' } },
        UpdateExpression: 'SET OutboxStatus = :status',
        ExpressionAttributeValues: { ':status': { S: 'complete' } },
      }),
    );
    const due = await aws.dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'OutboxByStatus',
        KeyConditionExpression: 'OutboxStatus = :status AND NextAt <= :now',
        ExpressionAttributeValues: { ':status': { S: 'pending' }, ':now': { N: '20' } },
      }),
    );
    expect(due.Items?.map(({ Subject }) => Subject?.S)).toEqual(['soon']);
  });
});
