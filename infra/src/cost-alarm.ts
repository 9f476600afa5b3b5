import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Scoped } from './scoped';
import { prefixOf } from './stages';

/** Tells when a stage costs more than it should, by the tag that all its resources carry. */
export class CostAlarm extends Construct {
  constructor(scope: Construct, id: string, { stage, topic }: Scoped & { readonly topic: Topic }) {
    super(scope, id);
    topic.grantPublish(new ServicePrincipal('budgets.amazonaws.com'));
    const subscribers = [{ subscriptionType: 'SNS', address: topic.topicArn }];
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: prefixOf(stage),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: stage.monthlyBudgetUsd, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:latido-stage$${stage.name}`] },
      },
      notificationsWithSubscribers: [
        { notification: over('ACTUAL', 80), subscribers },
        { notification: over('FORECASTED', 100), subscribers },
      ],
    });
  }
}

function over(notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) {
  return { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' };
}
