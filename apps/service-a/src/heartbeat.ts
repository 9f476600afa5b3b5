import type { EdgeAggregator } from '@latido/edge-accounting';
import { EventHeartbeatPublisher } from '@latido/heartbeat/aws';
import type { HeartbeatModuleOptions } from '@latido/heartbeat/nest';
import type { LamportClock } from '@latido/lamport-clock';
import { RECEIPT_V1, STATE_CHANGED_V1 } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import type { Log } from '@latido/observability';
import { type Identity, logHeartbeatOutages } from '@latido/service-host';
import { v7 as uuidV7 } from 'uuid';
import { EVENTS_TOPIC, SERVICE } from './commands/build-event';
import type { ServiceASettings } from './configuration';
import type { Infrastructure } from './infrastructure/infrastructure';
import { published, type ServiceMetrics } from './telemetry/service-metrics';

/** What service-a says of itself: who it is, what it writes and understands, and the books of its edges. */
export function heartbeatOf(
  { heartbeats }: Infrastructure,
  clock: LamportClock,
  edges: EdgeAggregator,
  identity: Identity,
  settings: ServiceASettings,
  { interop_messages_published_total: total }: ServiceMetrics,
  log: Log,
): HeartbeatModuleOptions {
  const publisher = new EventHeartbeatPublisher({
    publisher: heartbeats,
    newId: () => uuidV7(),
    sha256Hex,
    lamport: () => clock.time,
    onPublished: () => total.inc(published('heartbeats')),
  });
  return {
    publisher,
    ...logHeartbeatOutages(log),
    intervalMs: settings.heartbeatIntervalMs,
    collectAggregates: (options) => edges.collect(options),
    identity: {
      service: SERVICE,
      instanceId: identity.instanceId,
      incarnation: { epoch: clock.epoch, token: identity.incarnation?.split('-').at(-1) ?? 'none' },
      version: identity.version,
      produces: [{ topic: EVENTS_TOPIC, contracts: [STATE_CHANGED_V1.type] }],
      accepts: [{ topic: 'receipts', contracts: [RECEIPT_V1.type] }],
    },
  };
}
