import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { SnsTopic } from '@latido/messaging/aws';
import { ConsumerModule, queueConsumerToken } from '@latido/messaging/nest';
import { StopSequence } from '@latido/service-host';
import { closeAwsClients, dependenciesOf, tracedHandler } from '@latido/service-host/aws';
import { type Dependency, SETTINGS } from '@latido/service-host/nest';
import type { ServiceBSettings } from '../configuration';
import { EventConsumer } from '../consumer/event-consumer';
import { METRICS } from '../telemetry/metrics';
import { connect, type ServiceBResources } from './aws-resources';
import { storesOf } from './aws-stores';
import { lookAtQueues } from './look-at-queues';
import {
  DEPENDENCIES,
  EVENT_QUEUE_CONSUMER,
  EVENTS_QUEUE,
  type Infrastructure,
  QUEUES,
  STORES,
  type Topics,
  TOPICS,
} from './infrastructure';

/** Injects {@link ServiceBResources}. */
const AWS = Symbol('AWS');

/** A dropped connection is noticed by then, and the clients are of no use to anybody any more. */
const DISCONNECT_TIMEOUT_MS = 500;

@Module({})
class AwsResourcesModule {}

@Module({})
class AwsConsumerModule {}

/** The service on AWS, or on the embedded one: which of the two is a matter of the SDK's own variables. */
export function awsInfrastructure(settings: ServiceBSettings): Infrastructure {
  return {
    resources: resourcesModule(),
    consumer: (events) => consumerModule(events, settings),
  };
}

function resourcesModule(): DynamicModule {
  return {
    module: AwsResourcesModule,
    global: true,
    providers: [
      { provide: AWS, inject: [SETTINGS, StopSequence], useFactory: open },
      { provide: STORES, inject: [AWS, METRICS], useFactory: storesOf },
      { provide: TOPICS, inject: [AWS], useFactory: topicsOf },
      { provide: DEPENDENCIES, inject: [AWS], useFactory: watched },
      { provide: QUEUES, inject: [AWS], useFactory: lookAtQueues },
    ],
    exports: [AWS, STORES, TOPICS, DEPENDENCIES, QUEUES],
  };
}

async function open(settings: ServiceBSettings, stop: StopSequence): Promise<ServiceBResources> {
  const aws = await connect(settings);
  stop.register({
    phase: 'flush_telemetry',
    name: 'aws clients',
    timeoutMs: DISCONNECT_TIMEOUT_MS,
    run: async () => closeAwsClients(aws),
  });
  return aws;
}

function topicsOf({ sns, topics }: ServiceBResources): Topics {
  return {
    receipts: new SnsTopic(sns, topics.receipts),
    heartbeats: new SnsTopic(sns, topics.heartbeats),
  };
}

function watched(aws: ServiceBResources): readonly Dependency[] {
  const { names, queues, topics } = aws;
  return dependenciesOf(aws, {
    logTable: names.table('WriteAheadLog'),
    queueUrl: queues.events.url,
    topicArn: topics.receipts,
  });
}

function consumerModule(events: Type | DynamicModule, settings: ServiceBSettings): DynamicModule {
  const consumer = ConsumerModule.register({
    name: EVENTS_QUEUE,
    pollers: settings.consumerPollers,
    imports: [events],
    inject: [AWS, EventConsumer],
    useFactory: (aws: ServiceBResources, handler: EventConsumer) => ({
      clients: aws.sqs,
      queueUrl: aws.queues.events.url,
      deadLetterQueueUrl: aws.queues.deadLetters.url,
      visibilitySeconds: settings.visibilitySeconds,
      startPaused: true,
      handle: tracedHandler({ queue: EVENTS_QUEUE, relation: settings.producerRelation }, async (batch) =>
        handler.handle(batch),
      ),
      afterDeadLetter: async (message) => handler.afterDeadLetter(message),
    }),
  });
  return {
    module: AwsConsumerModule,
    imports: [consumer],
    providers: [{ provide: EVENT_QUEUE_CONSUMER, useExisting: queueConsumerToken(EVENTS_QUEUE) }],
    exports: [EVENT_QUEUE_CONSUMER],
  };
}
