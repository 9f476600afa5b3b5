import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import {
  connectEmbeddedAws,
  type EmbeddedAws,
  type LocalAwsProcess,
  repositoryRoot,
  RunningProcess,
  startLocalAws,
} from '@latido/testing';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:state-events';
const QUEUE = 'service-b-events';

describe('the embedded AWS as a process', () => {
  let dataDir: string;
  let open: (LocalAwsProcess | EmbeddedAws)[];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'latido-'));
    open = [];
  });

  afterEach(async () => {
    for (const one of open) await ('close' in one ? one.close() : one.process.kill('SIGKILL'));
    await rm(dataDir, { recursive: true });
  });

  async function start(options: Parameters<typeof startLocalAws>[0] = {}) {
    const server = await startLocalAws(options);
    const aws = connectEmbeddedAws(server.env);
    open.push(aws, server);
    return { server, aws };
  }

  async function queueUrl(aws: EmbeddedAws): Promise<string> {
    const { QueueUrl } = await aws.sqs.send(new GetQueueUrlCommand({ QueueName: QUEUE }));
    return QueueUrl ?? '';
  }

  async function receiveAll(aws: EmbeddedAws): Promise<readonly string[]> {
    const QueueUrl = await queueUrl(aws);
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await aws.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return bodies.sort();
      bodies.push(...Messages.map(({ Body = '' }) => Body));
    }
  }

  test('keeps every acknowledged message and item over kill -9 and a restart with its data', async () => {
    const { server, aws } = await start({ dataDir });
    const bodies = Array.from({ length: 50 }, (_, i) => `message ${String(i).padStart(2, '0')}`);
    for (const Message of bodies) await aws.sns.send(new PublishCommand({ TopicArn: TOPIC, Message }));
    await aws.dynamodb.send(
      new PutItemCommand({ TableName: 'IdempotencyTable', Item: { RequestID: { S: 'last write' } } }),
    );
    await server.process.kill('SIGKILL');

    const { aws: again } = await start({ dataDir, ports: server.ports });

    expect(await receiveAll(again)).toEqual(bodies);
    const { Item } = await again.dynamodb.send(
      new GetItemCommand({ TableName: 'IdempotencyTable', Key: { RequestID: { S: 'last write' } } }),
    );
    expect(Item).toEqual({ RequestID: { S: 'last write' } });
  });

  test('still fans out, once, after a restart', async () => {
    const { server } = await start({ dataDir });
    await server.process.kill();
    const { aws } = await start({ dataDir });
    await aws.sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'one' }));
    expect(await receiveAll(aws)).toEqual(['one']);
  });

  test('delivers a message in flight again after kill -9, when its visibility has ended', async () => {
    const { server, aws } = await start({ dataDir });
    const QueueUrl = await queueUrl(aws);
    await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'in flight' }));
    const { Messages } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    await aws.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: Messages?.[0]?.ReceiptHandle,
        VisibilityTimeout: 1,
      }),
    );
    await server.process.kill('SIGKILL');
    const { aws: again } = await start({ dataDir });
    const late = await again.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: await queueUrl(again), WaitTimeSeconds: 5 }),
    );
    expect(late.Messages?.[0]?.Body).toBe('in flight');
  });

  test('answers again after it was frozen and let go on', async () => {
    const { server, aws } = await start();
    server.process.suspend();
    const published = aws.sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'while frozen' }));
    server.process.resume();
    await published;
    expect(await receiveAll(aws)).toEqual(['while frozen']);
  });

  test('ends cleanly within a second on SIGTERM, long polls and idle connections notwithstanding', async () => {
    const { server, aws } = await start({ dataDir });
    const idle = connect(server.ports.dynamodb, '127.0.0.1');
    idle.on('error', () => {});
    const poll = aws.sqs
      .send(new ReceiveMessageCommand({ QueueUrl: await queueUrl(aws), WaitTimeSeconds: 20 }))
      .catch(() => undefined);
    const asked = performance.now();
    expect(await server.process.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(1000);
    aws.close();
    await poll;
  });

  test('names every taken port and exits 78', async () => {
    const { server } = await start();
    const second = new RunningProcess({
      script: join(repositoryRoot(), 'dist/apps/local-aws/src/main.js'),
      args: ['--port', String(server.ports.messaging), '--dynamodb-port', String(server.ports.dynamodb)],
    });
    expect(await second.exited).toEqual({ code: 78, signal: null });
    const problems = second.logs.map(({ problem }) => String(problem)).join('\n');
    expect(problems).toContain(`port ${server.ports.messaging} is taken`);
    expect(problems).toContain(`port ${server.ports.dynamodb} is taken`);
  });

  test('says that a data directory is in use', async () => {
    await start({ dataDir });
    const second = new RunningProcess({
      script: join(repositoryRoot(), 'dist/apps/local-aws/src/main.js'),
      args: ['--port', '0', '--dynamodb-port', '0', '--data', dataDir],
    });
    expect((await second.exited).code).toBe(78);
    expect(second.logs.at(-1)?.['problem']).toContain('another process uses the data directory');
  });
});
