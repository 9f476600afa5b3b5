import { lookUpTopic, queueDepth } from '@latido/messaging/aws';
import { DynamoTable } from '@latido/persistence/dynamodb';
import type { Dependency } from '../nest';
import type { AwsClients } from './aws-clients';

/** A key that nothing has: reading it costs half a read unit and asks the table all the same. */
const NOTHING = { LogID: 'probe' };

/** One of each kind speaks for all of its kind. */
interface Samples {
  /** Name at AWS of the WriteAheadLog, which every service uses. */
  readonly logTable: string;
  readonly queueUrl: string;
  readonly topicArn: string;
}

/** What a service on AWS cannot work without. Each probe is one small request. */
export function dependenciesOf(
  { dynamodb, sqs, sns }: AwsClients,
  { logTable, queueUrl, topicArn }: Samples,
): readonly Dependency[] {
  const log = new DynamoTable(dynamodb, logTable, ['LogID']);
  return [
    { name: 'dynamodb', probe: () => log.get(NOTHING, 'eventual') },
    { name: 'sns', probe: () => mustExist(lookUpTopic(sns, topicArn)) },
    { name: 'sqs', probe: () => queueDepth(sqs.commands, queueUrl) },
  ];
}

async function mustExist(lookingUp: ReturnType<typeof lookUpTopic>): Promise<void> {
  const lookUp = await lookingUp;
  if (lookUp.outcome === 'missing') throw lookUp.error;
}
