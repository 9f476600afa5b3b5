import { type DynamicModule, Module } from '@nestjs/common';
import { DynamoLimitStore } from '@latido/lamport-clock/dynamodb';
import { lookUpTopic, queueDepth, SnsTopic } from '@latido/messaging/aws';
import { ConsumerModule } from '@latido/messaging/nest';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { StopSequence } from '@latido/service-host';
import { type Dependency, SETTINGS } from '@latido/service-host/nest';
import { DynamoDbVersionStore } from '@latido/versioned-value/dynamodb';
import type { MonitorSettings } from '../configuration';
import { HEARTBEATS_CONSUMER } from '../consumer/heartbeats-consumer';
import { HeartbeatHandler } from '../consumer/heartbeat-handler';
import { DynamoSnapshotStore } from '../snapshot/dynamo-snapshot-store';
import { type AwsResources, connectAws } from './aws-resources';
import { INFRASTRUCTURE, type Infrastructure } from './infrastructure';
import { steadyNow } from './steady-now';

/** Injects {@link AwsResources}. */
const AWS = Symbol('AWS');
/** The monitor's subjects are listed apart from those of service-b, which share the table. */
const SUBJECT_BUCKET = 'monitor';
/** A key that nothing has: reading it costs half a read unit and asks the table all the same. */
const NOTHING = { LogID: 'probe' };
const DISCONNECT_TIMEOUT_MS = 500;
/** How long a poll waits for a first message; also how long a stop waits for an idle poller. */
const WAIT_SECONDS = 2;

@Module({})
class AwsInfrastructureModule {}

/** The monitor on AWS, or on the embedded one: which of the two is a matter of the SDK's own variables. */
export function awsInfrastructure(): DynamicModule {
  return {
    module: AwsInfrastructureModule,
    global: true,
    providers: [
      { provide: AWS, inject: [SETTINGS, StopSequence], useFactory: connect },
      { provide: INFRASTRUCTURE, inject: [AWS], useFactory: infrastructureOf },
    ],
    exports: [AWS, INFRASTRUCTURE],
  };
}

/** The consumer of this replica's heartbeat queue. @param handler - exports HeartbeatHandler. */
export function awsConsumer(handler: DynamicModule, { consumerPollers }: MonitorSettings): DynamicModule {
  return ConsumerModule.register({
    name: HEARTBEATS_CONSUMER,
    pollers: consumerPollers,
    imports: [handler],
    inject: [AWS, HeartbeatHandler],
    useFactory: (aws: AwsResources, heartbeats: HeartbeatHandler) => ({
      clients: aws.sqs,
      queueUrl: aws.queueUrl,
      waitSeconds: WAIT_SECONDS,
      handle: async (batch) => heartbeats.handle(batch),
    }),
  });
}

async function connect(settings: MonitorSettings, stop: StopSequence): Promise<AwsResources> {
  const aws = await connectAws(settings);
  stop.register({
    phase: 'flush_telemetry',
    name: 'aws clients',
    timeoutMs: DISCONNECT_TIMEOUT_MS,
    run: async () => {
      for (const client of [aws.dynamodb, aws.sns, aws.sqs.commands, aws.sqs.polls]) client.destroy();
    },
  });
  return aws;
}

function infrastructureOf(aws: AwsResources): Infrastructure {
  const { dynamodb, names, sns, heartbeatsArn } = aws;
  const log = new DynamoTable(dynamodb, names.table('WriteAheadLog'), ['LogID']);
  const states = new DynamoTable(dynamodb, names.table('VersionedState'), ['ServiceID', 'VersionNumber']);
  return {
    versions: new DynamoDbVersionStore(states, { bucket: SUBJECT_BUCKET }),
    limits: new DynamoLimitStore(log),
    snapshots: new DynamoSnapshotStore(log, Date.now),
    heartbeats: new SnsTopic(sns, heartbeatsArn),
    dependencies: dependenciesOf(aws, log),
    now: steadyNow,
  };
}

function dependenciesOf(
  { sqs, sns, queueUrl, heartbeatsArn }: AwsResources,
  log: DynamoTable,
): readonly Dependency[] {
  return [
    { name: 'dynamodb', probe: () => log.get(NOTHING, 'eventual') },
    { name: 'sqs', probe: () => queueDepth(sqs.commands, queueUrl) },
    { name: 'sns', probe: () => mustExist(lookUpTopic(sns, heartbeatsArn)) },
  ];
}

async function mustExist(lookingUp: ReturnType<typeof lookUpTopic>): Promise<void> {
  const lookUp = await lookingUp;
  if (lookUp.outcome === 'missing') throw lookUp.error;
}
