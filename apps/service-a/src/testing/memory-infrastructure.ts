import { DeadLetters, type MessageQueue, MessagingError } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { InMemoryQueue } from '@latido/messaging/in-memory';
import type { ClosablePublisher, Infrastructure } from '../infrastructure/infrastructure';
import { MemoryWorld } from './memory-service';

/** The infrastructure of service-a in memory, with a switch for each thing that can be away. */
export class MemoryInfrastructure implements Infrastructure {
  readonly world = new MemoryWorld();
  readonly claims = this.world.claims;
  readonly limits = this.world.limits;
  readonly outbox = this.world.outbox;
  readonly events: ClosablePublisher = { ...this.world.topic, close: async () => undefined };
  readonly heartbeats: ClosablePublisher = {
    publish: async (messages) => messages.map(() => ({ outcome: 'published', messageId: 'm' })),
    close: async () => undefined,
  };
  readonly eventsQueue = new InMemoryQueue(Date.now, 'service-b-events');
  readonly eventsDeadLetters = new InMemoryQueue(Date.now, 'service-b-events-dlq');
  readonly deadLetters = [
    {
      queue: 'service-b-events',
      letters: lettersOf(this.eventsDeadLetters, this.eventsQueue),
      isOwnEvents: true,
    },
  ];
  readonly dependencies = (['dynamodb', 'sns', 'sqs'] as const).map((name) => ({
    name,
    probe: async () => {
      if (this.away.has(name)) throw new MessagingError('unavailable', name, `${name} is away`);
    },
  }));
  readonly queues = [
    {
      queue: 'service-a-receipts',
      isDeadLetterQueue: false,
      depth: async () => ({ visible: 3, inFlight: 2, delayed: 1 }),
    },
  ];
  readonly away = new Set<string>();

  close(): void {
    this.away.add('dynamodb').add('sns').add('sqs');
  }
}

function lettersOf(deadLetterQueue: MessageQueue, sourceQueue: MessageQueue): DeadLetters {
  return new DeadLetters({ deadLetterQueue, sourceQueue }, sha256Hex);
}
