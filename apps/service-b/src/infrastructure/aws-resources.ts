import { type AwsResources, connectAws } from '@latido/service-host/aws';
import { topology } from '@latido/topology';
import type { ServiceBSettings } from '../configuration';
import { EVENTS_QUEUE } from './infrastructure';

/** What service-b uses on AWS, all of it known to exist. */
export type ServiceBResources = AwsResources<'events' | 'deadLetters', 'receipts' | 'heartbeats'>;

/** Connects. @throws StartRefusedError as `connectAws` does. */
export async function connect(settings: ServiceBSettings): Promise<ServiceBResources> {
  const ordering = { fifo: settings.eventOrdering === 'fifo' };
  return connectAws(settings, (names) => ({
    tables: topology.tables.map(({ name }) => names.table(name)),
    queues: {
      events: names.queue(EVENTS_QUEUE, ordering),
      deadLetters: names.deadLetterQueue(EVENTS_QUEUE, ordering),
    },
    topics: {
      receipts: names.topicArn('receipts', ordering),
      heartbeats: names.topicArn('heartbeats'),
    },
    dedup: { horizonDays: settings.dedupHorizonDays, queue: 'events', deadLetterQueue: 'deadLetters' },
  }));
}
