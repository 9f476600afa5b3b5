import { queueDepth } from '@latido/messaging/aws';
import type { ServiceBResources } from './aws-resources';
import type { LookAtQueues } from './infrastructure';

/** Asks both queues how full they are. */
export function lookAtQueues({ sqs, queues }: ServiceBResources): LookAtQueues {
  return async () => {
    const [events, deadLetters] = await Promise.all([
      queueDepth(sqs.commands, queues.events.url),
      queueDepth(sqs.commands, queues.deadLetters.url),
    ]);
    return { events, deadLetters };
  };
}
