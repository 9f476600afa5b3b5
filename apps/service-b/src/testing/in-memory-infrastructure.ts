import { type DynamicModule, Module } from '@nestjs/common';
import type { CommitDecision, LogRecord } from '@latido/event-commit';
import { InMemoryClaimStore } from '@latido/idempotent-receiver/in-memory';
import { InMemoryLimitStore } from '@latido/lamport-clock/in-memory';
import { type BatchTransport, QueueConsumer } from '@latido/messaging';
import { systemPorts } from '@latido/messaging/aws';
import { InMemoryQueue } from '@latido/messaging/in-memory';
import type { Dependency } from '@latido/service-host/nest';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { InMemorySegmentStore, InMemoryWriterStore } from '@latido/write-ahead-log/in-memory';
import { EventConsumer } from '../consumer/event-consumer';
import {
  DEPENDENCIES,
  EVENT_QUEUE_CONSUMER,
  type Infrastructure,
  QUEUES,
  type Stores,
  STORES,
  TOPICS,
} from '../infrastructure/infrastructure';

@Module({})
class InMemoryResourcesModule {}

@Module({})
class InMemoryConsumerModule {}

/** Everything outside of the process, in memory: what tests put in, and what came out. */
export class InMemoryWorld {
  readonly stores: Stores = {
    claims: new InMemoryClaimStore<CommitDecision>(),
    versions: new InMemoryVersionStore(),
    segments: new InMemorySegmentStore<LogRecord>(),
    writers: new InMemoryWriterStore(),
    limits: new InMemoryLimitStore(),
  };
  readonly events = new InMemoryQueue(Date.now, 'service-b-events');
  readonly deadLetters = new InMemoryQueue(Date.now, 'service-b-events-dlq');
  readonly receipts = new InMemoryQueue(Date.now, 'receipts');
  readonly heartbeats = new InMemoryQueue(Date.now, 'heartbeats');
  /** Set it, and the table cannot be reached any more, as far as probes can tell. */
  outage: Error | undefined;

  /** The world as the application wants it. */
  get infrastructure(): Infrastructure {
    return { resources: this.resources(), consumer: (events) => consumerModule(this, events) };
  }

  private resources(): DynamicModule {
    const none = { visible: 0, inFlight: 0, delayed: 0 };
    const dependencies: readonly Dependency[] = [{ name: 'dynamodb', probe: () => this.probe() }];
    const topics = { receipts: this.receipts, heartbeats: this.heartbeats };
    return {
      module: InMemoryResourcesModule,
      global: true,
      providers: [
        { provide: STORES, useValue: this.stores },
        { provide: TOPICS, useValue: topics },
        { provide: DEPENDENCIES, useValue: dependencies },
        { provide: QUEUES, useValue: async () => ({ events: none, deadLetters: none }) },
      ],
      exports: [STORES, TOPICS, DEPENDENCIES, QUEUES],
    };
  }

  private async probe(): Promise<void> {
    if (this.outage) throw this.outage;
  }
}

/** Nothing polls in memory: batches are processed on request. */
function consumerModule(
  { events: queue, deadLetters: deadLetterQueue }: { events: InMemoryQueue; deadLetters: BatchTransport },
  events: Parameters<Infrastructure['consumer']>[0],
): DynamicModule {
  const consumerOf = (handler: EventConsumer): QueueConsumer =>
    new QueueConsumer({
      queue,
      deadLetterQueue,
      handle: async (batch) => handler.handle(batch),
      afterDeadLetter: async (message) => handler.afterDeadLetter(message),
      ...systemPorts,
    });
  return {
    module: InMemoryConsumerModule,
    imports: [events as DynamicModule],
    providers: [{ provide: EVENT_QUEUE_CONSUMER, inject: [EventConsumer], useFactory: consumerOf }],
    exports: [EVENT_QUEUE_CONSUMER],
  };
}
