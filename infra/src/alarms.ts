import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { MadeQueue, Messaging } from './messaging';
import type { Scoped } from './scoped';
import { prefixOf } from './stages';

/** An event that has waited for so long is not on its way any more: nobody consumes, or not enough do. */
const OLDEST_WAITING = Duration.minutes(15);

/**
 * Alarms of CloudWatch on what must not wait: they work when the cluster and its Prometheus do not.
 *
 * Their topic is not encrypted: CloudWatch and Budgets cannot use the key of AWS, and it carries names of queues only.
 */
export class Alarms extends Construct {
  readonly topic: Topic;
  private readonly prefix: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, context, messaging }: Scoped & { readonly messaging: Messaging },
  ) {
    super(scope, id);
    this.prefix = prefixOf(stage);
    this.topic = new Topic(this, 'Topic', { topicName: `${this.prefix}-alarms`, enforceSSL: true });
    if (context.alarmEmail !== undefined)
      this.topic.addSubscription(new EmailSubscription(context.alarmEmail));
    for (const [name, made] of messaging.queues) this.watch(name, made);
  }

  private watch(name: string, { description, queue, deadLetters }: MadeQueue): void {
    this.alarm(`DeadLetters-${name}`, {
      text: `Dead letters of ${name}: look at GET /dead-letters of service-a, mend the cause, redrive`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 0,
    });
    if (description.scaling === undefined) return;
    this.alarm(`Waiting-${name}`, {
      text: `Messages of ${name} wait for over ${OLDEST_WAITING.toMinutes()} minutes: look at its consumer`,
      metric: queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: OLDEST_WAITING.toSeconds(),
    });
  }

  private alarm(
    id: string,
    {
      text,
      metric,
      threshold,
    }: {
      readonly text: string;
      readonly metric: ReturnType<Queue['metric']>;
      readonly threshold: number;
    },
  ): void {
    const alarm = new Alarm(this, id, {
      alarmName: `${this.prefix}-${id}`,
      alarmDescription: text,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      // A queue that nothing touches reports nothing, which is well.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }
}
