import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type QueueDescription, topology } from '../../libs/topology/src';
import { outputName } from './outputs';
import { orderingsOf, type Scoped } from './scoped';

/** A queue beside its dead-letter queue, and what the topology says of both. */
export interface MadeQueue {
  readonly description: QueueDescription;
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** Topics, queues with their dead-letter queues, and subscriptions: one to one from the topology. */
export class Messaging extends Construct {
  readonly topics = new Map<string, Topic>();
  readonly queues = new Map<string, MadeQueue>();

  constructor(
    scope: Construct,
    id: string,
    private readonly scoped: Scoped,
  ) {
    super(scope, id);
    for (const topic of topology.topics)
      for (const { fifo } of orderingsOf(scoped.stage, topic)) this.addTopic(topic.name, fifo);
    for (const queue of topology.queues)
      for (const { fifo } of orderingsOf(scoped.stage, queue)) this.addQueue(queue, fifo);
    for (const { topic, queue } of topology.subscriptions)
      for (const fifo of [false, true]) this.subscribe(key(queue, fifo), key(topic, fifo));
  }

  private addTopic(name: string, fifo: boolean): void {
    const topic = new Topic(this, `Topic-${key(name, fifo)}`, {
      topicName: this.scoped.names.topic(name, { fifo }),
      // The key of AWS: publishers need no right to it, and delivery to queues and archive works.
      masterKey: Alias.fromAliasName(this, `KeyOf-${key(name, fifo)}`, 'alias/aws/sns'),
      enforceSSL: true,
      ...(fifo && { fifo: true }),
    });
    this.topics.set(key(name, fifo), topic);
    this.tell('topics', key(name, fifo), topic.topicArn);
  }

  private addQueue(description: QueueDescription, fifo: boolean): void {
    const { name, deadLetter } = description;
    const { names } = this.scoped;
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, ...(fifo && { fifo: true }) };
    const deadLetters = new Queue(this, `DeadLetters-${key(name, fifo)}`, {
      ...common,
      queueName: names.deadLetterQueue(name, { fifo }),
      retentionPeriod: Duration.seconds(deadLetter.retentionSeconds),
    });
    const queue = new Queue(this, `Queue-${key(name, fifo)}`, {
      ...common,
      queueName: names.queue(name, { fifo }),
      visibilityTimeout: Duration.seconds(description.visibilityTimeoutSeconds),
      retentionPeriod: Duration.seconds(description.retentionSeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: deadLetter.maxReceiveCount },
    });
    this.queues.set(key(name, fifo), { description, queue, deadLetters });
    this.tell('queues', key(name, fifo), queue.queueUrl);
    this.tell('queues', key(`${name}-dlq`, fifo), deadLetters.queueUrl);
  }

  private subscribe(queue: string, topic: string): void {
    const [target, source] = [this.queues.get(queue), this.topics.get(topic)];
    if (target === undefined || source === undefined) return;
    source.addSubscription(new SqsSubscription(target.queue, { rawMessageDelivery: true }));
  }

  private tell(kind: 'topics' | 'queues', name: string, value: string): void {
    new CfnOutput(this, outputName(kind, name), { value, key: outputName(kind, name) });
  }
}

function key(name: string, fifo: boolean): string {
  return fifo ? `${name}.fifo` : name;
}
