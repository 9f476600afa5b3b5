import { type AwsResources, connectAws } from '@latido/service-host/aws';
import type { ServiceASettings } from '../configuration';

/** What service-a uses on AWS, all of it known to exist; dead letters are redriven to the queue of service-b. */
export type ServiceAResources = AwsResources<
  'events' | 'eventsDeadLetters' | 'receipts' | 'receiptsDeadLetters',
  'events' | 'heartbeats'
>;

/** Connects. @throws StartRefusedError as `connectAws` does. */
export async function connect(settings: ServiceASettings): Promise<ServiceAResources> {
  const ordering = { fifo: settings.eventOrdering === 'fifo' };
  return connectAws(settings, (names) => ({
    tables: [names.table('IdempotencyTable'), names.table('WriteAheadLog')],
    queues: {
      events: names.queue('service-b-events', ordering),
      eventsDeadLetters: names.deadLetterQueue('service-b-events', ordering),
      receipts: names.queue('service-a-receipts', ordering),
      receiptsDeadLetters: names.deadLetterQueue('service-a-receipts', ordering),
    },
    topics: { events: names.topicArn('state-events', ordering), heartbeats: names.topicArn('heartbeats') },
    // A receipt that comes after its entry was forgotten would settle nothing.
    dedup: {
      horizonDays: settings.dedupHorizonDays,
      queue: 'receipts',
      deadLetterQueue: 'receiptsDeadLetters',
    },
  }));
}
