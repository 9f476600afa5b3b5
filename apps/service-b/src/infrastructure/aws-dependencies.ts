import { lookUpTopic, queueDepth } from '@latido/messaging/aws';
import { DynamoTable } from '@latido/persistence/dynamodb';
import type { Dependency } from '@latido/service-host/nest';
import type { AwsResources } from './aws-resources';
import type { LookAtQueues } from './infrastructure';

/** A key that nothing has: reading it costs half a read unit and asks the table all the same. */
const NOTHING = { LogID: 'probe' };

/** What service-b cannot work without. Each probe is one small request. */
export function dependenciesOf({
  dynamodb,
  names,
  sqs,
  sns,
  eventsUrl,
  receiptsArn,
}: AwsResources): readonly Dependency[] {
  const log = new DynamoTable(dynamodb, names.table('WriteAheadLog'), ['LogID']);
  return [
    { name: 'dynamodb', probe: () => log.get(NOTHING, 'eventual') },
    { name: 'sqs', probe: () => queueDepth(sqs.commands, eventsUrl) },
    { name: 'sns', probe: () => mustExist(lookUpTopic(sns, receiptsArn)) },
  ];
}

/** Asks both queues how full they are. */
export function lookAtQueues({ sqs, eventsUrl, deadLettersUrl }: AwsResources): LookAtQueues {
  return async () => {
    const [events, deadLetters] = await Promise.all([
      queueDepth(sqs.commands, eventsUrl),
      queueDepth(sqs.commands, deadLettersUrl),
    ]);
    return { events, deadLetters };
  };
}

async function mustExist(lookingUp: ReturnType<typeof lookUpTopic>): Promise<void> {
  const lookUp = await lookingUp;
  if (lookUp.outcome === 'missing') throw lookUp.error;
}
