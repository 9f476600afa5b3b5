import { type AwsResources, connectAws } from '@latido/service-host/aws';
import { heartbeatQueueName } from '@latido/topology';
import type { MonitorSettings } from '../configuration';

/** What the monitor uses on AWS, all of it known to exist. */
export type MonitorResources = AwsResources<'own', 'heartbeats'>;

/** Connects; `own` is the heartbeat queue of this replica. @throws StartRefusedError as `connectAws` does. */
export async function connect(settings: MonitorSettings): Promise<MonitorResources> {
  return connectAws(settings, (names) => ({
    tables: [names.table('VersionedState'), names.table('WriteAheadLog')],
    queues: { own: names.queue(heartbeatQueueName(settings.heartbeatQueueOrdinal)) },
    topics: { heartbeats: names.topicArn('heartbeats') },
  }));
}
