import {
  type DynamicModule,
  type FactoryProvider,
  Inject,
  Module,
  type ModuleMetadata,
  type Provider,
} from '@nestjs/common';
import { SqsModule } from '@ssut/nestjs-sqs';
import { SqsQueue, systemPorts } from '../aws';
import { RECEIVE_EVERYTHING } from '../aws/received-message';
import { QueueConsumer } from '../core/consume/queue-consumer';
import { abortableClient } from './abortable-client';
import { ConsumerLifecycle } from './consumer-lifecycle';
import type { ConsumerSettings } from './consumer-settings';
import { logTrouble } from './log-trouble';
import { sqsPollerClass } from './sqs-poller';

/** How a consumer is registered. */
export interface ConsumerRegistration extends Pick<ModuleMetadata, 'imports'> {
  /** Unique in the application; part of the injection token. */
  readonly name: string;
  /** Polls at the same time. One poll handles one batch, so this is the throughput of the process; default 1. */
  readonly pollers?: number;
  readonly inject?: NonNullable<FactoryProvider['inject']>;
  readonly useFactory: (...args: never[]) => ConsumerSettings | Promise<ConsumerSettings>;
}

/** Token of the {@link QueueConsumer} that was registered under a name. */
export function queueConsumerToken(name: string): string {
  return `QueueConsumer:${name}`;
}

/** Injects the {@link QueueConsumer} that was registered under a name: to pause, drain, poll once or ask its status. */
export function InjectQueueConsumer(name: string): ParameterDecorator & PropertyDecorator {
  return Inject(queueConsumerToken(name));
}

/**
 * Consumes one SQS queue by @ssut/nestjs-sqs with several pollers, safely.
 *
 * Polling starts when the application has started, and `app.close()` waits for running handlers.
 *
 * @example
 * ConsumerModule.register({
 *   name: 'orders',
 *   pollers: 4,
 *   imports: [OrdersModule],
 *   inject: [OrderHandler],
 *   useFactory: (handler: OrderHandler) => ({
 *     clients: createSqsClients(),
 *     queueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/orders',
 *     handle: async (batch) => handler.handle(batch),
 *   }),
 * })
 */
@Module({})
export class ConsumerModule {
  static register(registration: ConsumerRegistration): DynamicModule {
    const pollerNames = Array.from(
      { length: registration.pollers ?? 1 },
      (_, i) => `${registration.name}-${i + 1}`,
    );
    const core = coreModule(registration, pollerNames);
    return {
      module: ConsumerModule,
      imports: [
        core,
        SqsModule.registerAsync({
          imports: [core],
          inject: [SETTINGS, POLLS, queueConsumerToken(registration.name)],
          useFactory: (settings: ConsumerSettings, polls: AbortController, consumer: QueueConsumer) => ({
            consumers: pollerNames.map((name) => pollerOptions({ name, settings, polls, consumer })),
          }),
        }),
      ],
      exports: [core],
    };
  }
}

const SETTINGS = Symbol('ConsumerSettings');
const QUEUE = Symbol('SqsQueue');
/** Breaks off the polls of one consumer. */
const POLLS = Symbol('AbortController');

@Module({})
class ConsumerCoreModule {}

function coreModule(
  { name, imports, inject, useFactory }: ConsumerRegistration,
  pollerNames: readonly string[],
): DynamicModule {
  const token = queueConsumerToken(name);
  const providers: Provider[] = [
    { provide: SETTINGS, useFactory, inject: inject ?? [] },
    { provide: POLLS, useFactory: () => new AbortController() },
    {
      provide: QUEUE,
      useFactory: (settings: ConsumerSettings) => new SqsQueue(settings.clients, settings.queueUrl),
      inject: [SETTINGS],
    },
    {
      provide: token,
      useFactory: (settings: ConsumerSettings, queue: SqsQueue, polls: AbortController) =>
        queueConsumer({ name, settings, queue, polls }),
      inject: [SETTINGS, QUEUE, POLLS],
    },
    {
      provide: ConsumerLifecycle,
      useFactory: (consumer: QueueConsumer, settings: ConsumerSettings) =>
        new ConsumerLifecycle(consumer, settings),
      inject: [token, SETTINGS],
    },
    ...pollerNames.map((pollerName) => pollerProvider(pollerName, token)),
  ];
  return { module: ConsumerCoreModule, imports: imports ?? [], providers, exports: [SETTINGS, POLLS, token] };
}

function pollerProvider(pollerName: string, token: string): Provider {
  const Poller = sqsPollerClass(pollerName);
  return {
    provide: Poller,
    useFactory: (consumer: QueueConsumer, queue: SqsQueue) => new Poller(consumer, queue),
    inject: [token, QUEUE],
  };
}

function queueConsumer({
  name,
  settings,
  queue,
  polls,
}: {
  readonly name: string;
  readonly settings: ConsumerSettings;
  readonly queue: SqsQueue;
  readonly polls: AbortController;
}): QueueConsumer {
  const { clients, deadLetterQueueUrl, handle, afterDeadLetter, observe, ...options } = settings;
  return new QueueConsumer(
    {
      queue,
      handle,
      observe: observe ?? logTrouble(name),
      ...(afterDeadLetter && { afterDeadLetter }),
      ...(deadLetterQueueUrl !== undefined && {
        deadLetterQueue: new SqsQueue(clients, deadLetterQueueUrl),
      }),
      abortPolls: () => polls.abort(),
      ...systemPorts,
    },
    options,
  );
}

type SqsConsumerOptions = NonNullable<Parameters<typeof SqsModule.register>[0]['consumers']>[number];

function pollerOptions({
  name,
  settings,
  polls,
  consumer,
}: {
  readonly name: string;
  readonly settings: ConsumerSettings;
  readonly polls: AbortController;
  readonly consumer: QueueConsumer;
}): SqsConsumerOptions {
  return {
    name,
    queueUrl: settings.queueUrl,
    sqs: abortableClient(settings.clients.polls, polls.signal),
    batchSize: consumer.options.batchSize,
    visibilityTimeout: consumer.options.visibilitySeconds,
    waitTimeSeconds: consumer.options.waitSeconds,
    messageAttributeNames: [...RECEIVE_EVERYTHING.messageAttributeNames],
    messageSystemAttributeNames: [...RECEIVE_EVERYTHING.messageSystemAttributeNames],
    suppressFifoWarning: true,
    // Failures are waited for in beginPoll.
    authenticationErrorTimeout: 0,
    preReceiveMessageCallback: async () => consumer.beginPoll(),
  };
}
