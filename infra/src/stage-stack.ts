import { Aws, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { resourceNames } from '../../libs/topology/src';
import { Access } from './access';
import { Alarms } from './alarms';
import { Archive } from './archive';
import type { InfraContext } from './context';
import { CostAlarm } from './cost-alarm';
import { Messaging } from './messaging';
import { prefixOf, type Stage } from './stages';
import { State } from './state';

/**
 * Everything of one stage.
 *
 *     Messaging  topics -> queues -> dead-letter queues        Alarms  on what waits, on cost
 *     State      the tables                                    Archive topics -> Firehose -> S3, for Athena
 *     Access     a role a service, with the least it needs
 */
export class StageStack extends Stack {
  constructor(scope: Construct, id: string, stage: Stage, context: InfraContext) {
    super(scope, id, {
      description: `Latido, stage ${stage.name}: topics, queues, tables, roles, alarms`,
      terminationProtection: stage.keepsData,
    });
    const names = resourceNames({
      prefix: prefixOf(stage),
      region: Aws.REGION,
      partition: Aws.PARTITION,
      accountId: Aws.ACCOUNT_ID,
    });
    const scoped = { stage, context, names };
    const messaging = new Messaging(this, 'Messaging', scoped);
    new State(this, 'State', scoped);
    new Access(this, 'Access', scoped);
    const alarms = new Alarms(this, 'Alarms', { ...scoped, messaging });
    new CostAlarm(this, 'Cost', { ...scoped, topic: alarms.topic });
    if (stage.archiveDays !== undefined)
      new Archive(this, 'Archive', { ...scoped, messaging, days: stage.archiveDays });
    Tags.of(this).add('latido-stage', stage.name);
  }
}
