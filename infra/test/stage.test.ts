import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { resourceNames, topology } from '../../libs/topology/src';
import { orderingsOf } from '../src/scoped';
import { STAGES, stageNamed } from '../src/stages';
import { imagesTemplate, resources, stageTemplate, text } from './synthesized';

for (const stage of STAGES) {
  const template = stageTemplate(stage.name);
  const names = resourceNames({ prefix: `latido-${stage.name}`, region: 'r', accountId: 'a' });
  const named = (type: string, property: string): readonly string[] =>
    resources(template, type)
      .map(({ properties }) => text(properties[property]))
      .toSorted();

  describe(`stage ${stage.name}`, () => {
    it('has the topics of the topology, encrypted, and the one of the alarms', () => {
      const expected = topology.topics.flatMap((topic) =>
        orderingsOf(stage, topic).map((order) => names.topic(topic.name, order)),
      );
      assert.deepEqual(
        named('AWS::SNS::Topic', 'TopicName'),
        [...expected, `latido-${stage.name}-alarms`].toSorted(),
      );
      for (const name of expected)
        template.hasResourceProperties('AWS::SNS::Topic', {
          TopicName: name,
          KmsMasterKeyId: Match.anyValue(),
        });
    });

    it('has the queues of the topology with their dead-letter queues, and no other', () => {
      const expected = topology.queues.flatMap((queue) =>
        orderingsOf(stage, queue).flatMap((order) => [
          names.queue(queue.name, order),
          names.deadLetterQueue(queue.name, order),
        ]),
      );
      assert.deepEqual(named('AWS::SQS::Queue', 'QueueName'), expected.toSorted());
    });

    it('keeps and hides messages for as long as the topology says, encrypted', () => {
      for (const queue of topology.queues) {
        template.hasResourceProperties('AWS::SQS::Queue', {
          QueueName: names.queue(queue.name, orderingsOf(stage, queue)[0]),
          VisibilityTimeout: queue.visibilityTimeoutSeconds,
          MessageRetentionPeriod: queue.retentionSeconds,
          RedrivePolicy: Match.objectLike({ maxReceiveCount: queue.deadLetter.maxReceiveCount }),
          SqsManagedSseEnabled: true,
        });
        template.hasResourceProperties('AWS::SQS::Queue', {
          QueueName: names.deadLetterQueue(queue.name, orderingsOf(stage, queue)[0]),
          MessageRetentionPeriod: queue.deadLetter.retentionSeconds,
          SqsManagedSseEnabled: true,
        });
      }
    });

    it('delivers raw messages to each queue from its topic', () => {
      const toQueues = resources(template, 'AWS::SNS::Subscription').filter(
        ({ properties }) => properties['Protocol'] === 'sqs',
      );
      const expected = topology.subscriptions.flatMap(({ queue }) =>
        topology.queues.filter(({ name }) => name === queue).flatMap((one) => orderingsOf(stage, one)),
      );
      assert.equal(toQueues.length, expected.length);
      for (const { properties } of toQueues) assert.equal(properties['RawMessageDelivery'], true);
    });

    it('refuses whoever does not use TLS at every queue and topic', () => {
      const refusals = [
        ...resources(template, 'AWS::SQS::QueuePolicy'),
        ...resources(template, 'AWS::SNS::TopicPolicy'),
      ]
        .map(({ properties }) => JSON.stringify(properties['PolicyDocument']))
        .filter((policy) => policy.includes('"aws:SecureTransport":"false"'));
      const guarded = [...named('AWS::SQS::Queue', 'QueueName'), ...named('AWS::SNS::Topic', 'TopicName')];
      assert.equal(refusals.length, guarded.length);
    });

    it('has the tables of the topology: keys, indexes and expiry, encrypted, restorable, paid by request', () => {
      template.resourceCountIs('AWS::DynamoDB::Table', topology.tables.length);
      for (const table of topology.tables)
        template.hasResource('AWS::DynamoDB::Table', {
          DeletionPolicy: stage.keepsData ? 'Retain' : 'Delete',
          Properties: {
            TableName: names.table(table.name),
            BillingMode: 'PAY_PER_REQUEST',
            KeySchema: [table.partitionKey, ...(table.sortKey ? [table.sortKey] : [])].map(({ name }, i) => ({
              AttributeName: name,
              KeyType: i === 0 ? 'HASH' : 'RANGE',
            })),
            TimeToLiveSpecification: { AttributeName: table.ttlAttribute, Enabled: true },
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            SSESpecification: { SSEEnabled: true },
            DeletionProtectionEnabled: stage.keepsData,
            ...(table.indexes.length > 0 && {
              GlobalSecondaryIndexes: table.indexes.map(({ name }) => Match.objectLike({ IndexName: name })),
            }),
          },
        });
    });

    it('raises an alarm on every dead letter, and on what its consumers leave waiting, and says when it is over', () => {
      const alarms = resources(template, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);
      const queues = topology.queues.flatMap((queue) => orderingsOf(stage, queue).map(() => queue));
      const count = (metric: string) => alarms.filter(({ MetricName }) => MetricName === metric).length;
      assert.equal(count('ApproximateNumberOfMessagesVisible'), queues.length);
      assert.equal(count('ApproximateAgeOfOldestMessage'), queues.filter(({ scaling }) => scaling).length);
      for (const { AlarmActions, OKActions } of alarms) assert.deepEqual(AlarmActions, OKActions);
    });

    it('tells when it costs too much', () => {
      template.hasResourceProperties('AWS::Budgets::Budget', {
        Budget: Match.objectLike({
          BudgetLimit: { Amount: stage.monthlyBudgetUsd, Unit: 'USD' },
          CostFilters: { TagKeyValue: [`user:latido-stage$${stage.name}`] },
        }),
      });
    });

    it('archives what the topology wants archived, where the stage keeps an archive', () => {
      const archived =
        stage.archiveDays === undefined ? [] : topology.topics.filter((topic) => topic.archived);
      template.resourceCountIs('AWS::KinesisFirehose::DeliveryStream', archived.length);
      template.resourceCountIs('AWS::Athena::WorkGroup', Math.min(1, archived.length));
      for (const { name } of archived)
        template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
          ExtendedS3DestinationConfiguration: Match.objectLike({
            Prefix: `events/topic=${name}/day=!{timestamp:yyyy-MM-dd}/`,
            CompressionFormat: 'GZIP',
          }),
        });
      if (archived.length > 0)
        template.hasResourceProperties('AWS::Glue::Table', {
          TableInput: Match.objectLike({
            Parameters: Match.objectLike({
              'projection.topic.values': archived.map(({ name }) => name).join(','),
            }),
          }),
        });
    });
  });
}

describe('stages', () => {
  it('share no name, so that they may share an account', () => {
    const all = STAGES.flatMap(({ name }) => [
      ...resources(stageTemplate(name), 'AWS::SQS::Queue').map(({ properties }) => properties['QueueName']),
      ...resources(stageTemplate(name), 'AWS::DynamoDB::Table').map(
        ({ properties }) => properties['TableName'],
      ),
    ]);
    assert.equal(new Set(all).size, all.length);
  });

  it('keep their data where people rely on it', () => {
    assert.deepEqual(
      STAGES.filter(({ keepsData }) => keepsData).map(({ name }) => name),
      ['staging', 'prod'],
    );
  });

  it('are named when another is asked for', () => {
    assert.throws(() => stageNamed('live'), /"live" is no stage; pass one of dev, staging, prod/);
  });
});

describe('the repositories of images', () => {
  it('hold every app and the chart, scanned, with tags that stay what they are', () => {
    const template = imagesTemplate();
    const repositories = resources(template, 'AWS::ECR::Repository').map(({ properties }) => properties);
    assert.deepEqual(repositories.map(({ RepositoryName }) => text(RepositoryName)).toSorted(), [
      'charts/latido',
      'latido/heartbeat-monitor',
      'latido/local-aws',
      'latido/service-a',
      'latido/service-b',
    ]);
    for (const { ImageScanningConfiguration, ImageTagMutability } of repositories)
      assert.deepEqual([ImageScanningConfiguration, ImageTagMutability], [{ ScanOnPush: true }, 'IMMUTABLE']);
  });
});
