import { type DynamicModule, Module } from '@nestjs/common';
import { DynamoLimitStore } from '@latido/lamport-clock/dynamodb';
import { SnsTopic } from '@latido/messaging/aws';
import { ConsumerModule } from '@latido/messaging/nest';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { StopSequence } from '@latido/service-host';
import { closeAwsClients, dependenciesOf, tracedHandler } from '@latido/service-host/aws';
import { SETTINGS } from '@latido/service-host/nest';
import { heartbeatQueueName } from '@latido/topology';
import { DynamoDbVersionStore } from '@latido/versioned-value/dynamodb';
import type { MonitorSettings } from '../configuration';
import { HEARTBEATS_CONSUMER } from '../consumer/heartbeats-consumer';
import { HeartbeatHandler } from '../consumer/heartbeat-handler';
import { DynamoSnapshotStore } from '../snapshot/dynamo-snapshot-store';
import { connect, type MonitorResources } from './aws-resources';
import { INFRASTRUCTURE, type Infrastructure } from './infrastructure';
import { steadyNow } from './steady-now';

/** Injects {@link MonitorResources}. */
const AWS = Symbol('AWS');
/** The monitor's subjects are listed apart from those of service-b, which share the table. */
const SUBJECT_BUCKET = 'monitor';
const DISCONNECT_TIMEOUT_MS = 500;
/** How long a poll waits for a first message. */
const WAIT_SECONDS = 2;
/** In T: heartbeats are gathered into fuller batches, for a fraction of the requests; the channel may lag by 0.5 T. */
const GATHER_INTERVALS = 0.025;

@Module({})
class AwsInfrastructureModule {}

/** The monitor on AWS, or on the embedded one: which of the two is a matter of the SDK's own variables. */
export function awsInfrastructure(): DynamicModule {
  return {
    module: AwsInfrastructureModule,
    global: true,
    providers: [
      { provide: AWS, inject: [SETTINGS, StopSequence], useFactory: open },
      { provide: INFRASTRUCTURE, inject: [AWS], useFactory: infrastructureOf },
    ],
    exports: [AWS, INFRASTRUCTURE],
  };
}

/** The consumer of this replica's heartbeat queue. @param handler - exports HeartbeatHandler. */
export function awsConsumer(handler: DynamicModule, settings: MonitorSettings): DynamicModule {
  const queue = heartbeatQueueName(settings.heartbeatQueueOrdinal);
  return ConsumerModule.register({
    name: HEARTBEATS_CONSUMER,
    pollers: settings.consumerPollers,
    imports: [handler],
    inject: [AWS, HeartbeatHandler],
    useFactory: (aws: MonitorResources, heartbeats: HeartbeatHandler) => ({
      clients: aws.sqs,
      queueUrl: aws.queues.own.url,
      waitSeconds: WAIT_SECONDS,
      gatherMs: settings.heartbeatIntervalMs * GATHER_INTERVALS,
      handle: tracedHandler({ queue, relation: settings.producerRelation }, async (batch) =>
        heartbeats.handle(batch),
      ),
    }),
  });
}

async function open(settings: MonitorSettings, stop: StopSequence): Promise<MonitorResources> {
  const aws = await connect(settings);
  stop.register({
    phase: 'flush_telemetry',
    name: 'aws clients',
    timeoutMs: DISCONNECT_TIMEOUT_MS,
    run: async () => closeAwsClients(aws),
  });
  return aws;
}

function infrastructureOf(aws: MonitorResources): Infrastructure {
  const { dynamodb, names, sns, queues, topics } = aws;
  const log = new DynamoTable(dynamodb, names.table('WriteAheadLog'), ['LogID']);
  const states = new DynamoTable(dynamodb, names.table('VersionedState'), ['ServiceID', 'VersionNumber']);
  return {
    versions: new DynamoDbVersionStore(states, { bucket: SUBJECT_BUCKET }),
    limits: new DynamoLimitStore(log),
    snapshots: new DynamoSnapshotStore(log, Date.now),
    heartbeats: new SnsTopic(sns, topics.heartbeats),
    dependencies: dependenciesOf(aws, {
      logTable: names.table('WriteAheadLog'),
      queueUrl: queues.own.url,
      topicArn: topics.heartbeats,
    }),
    now: steadyNow,
  };
}
