import { type Heartbeat, heartbeatContract, type HeartbeatPublisher } from '@latido/heartbeat';
import { EventHeartbeatPublisher } from '@latido/heartbeat/aws';
import type { HeartbeatModuleOptions } from '@latido/heartbeat/nest';
import type { Publisher } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import type { Log } from '@latido/observability';
import { createMetrics, type Exposition } from '@latido/observability/prometheus';
import { type Identity, logHeartbeatOutages } from '@latido/service-host';
import { v7 as uuidv7 } from 'uuid';
import { CANARY_TYPE } from '../liveness/canary';
import type { MonitorApp } from '../monitor-app';

/** Labels of the own heartbeats, in the one version that is written so far. */
const PUBLISHED = { producer: 'heartbeat-monitor', topic: 'heartbeats', version: '1' } as const;

/** What the monitor says of itself: it is a service like the others, and another replica may watch it. */
export function ownHeartbeats(
  app: MonitorApp,
  publisher: Publisher,
  identity: Identity,
  { registry }: Exposition,
  log: Log,
): HeartbeatModuleOptions {
  const { clock, detection, monitor } = app;
  const { interop_messages_published_total: published } = createMetrics(registry, [
    'interop_messages_published_total',
  ]);
  published.startAtZero(PUBLISHED);
  const onTopic = [{ topic: 'heartbeats', contracts: [heartbeatContract.type, CANARY_TYPE] }];
  const events = new EventHeartbeatPublisher({
    publisher,
    newId: uuidv7,
    sha256Hex,
    lamport: () => clock.time,
    onPublished: () => published.inc(PUBLISHED),
  });
  return {
    publisher: hearingOwnGoodbye(events, monitor),
    identity: {
      service: identity.service,
      instanceId: identity.instanceId,
      incarnation: { epoch: clock.epoch, token: tokenOf(identity) },
      version: identity.version,
      produces: onTopic,
      accepts: onTopic,
    },
    ...logHeartbeatOutages(log),
    intervalMs: detection.intervalMs,
  };
}

/**
 * Its goodbye comes when it has stopped reading. So that its own next start does not find a process
 * that vanished without a word, it takes its goodbye in before it sends it.
 */
function hearingOwnGoodbye(events: HeartbeatPublisher, monitor: MonitorApp['monitor']): HeartbeatPublisher {
  return {
    publish: (heartbeat: Heartbeat) => {
      if (heartbeat.state === 'goodbye') monitor.take({ kind: 'heartbeat', heartbeat });
      return events.publish(heartbeat);
    },
  };
}

/** The random part of the incarnation, `<epoch>-<random>`. */
function tokenOf({ incarnation = '', instanceId }: Identity): string {
  return incarnation.split('-').at(-1) || instanceId.slice(0, 32);
}
