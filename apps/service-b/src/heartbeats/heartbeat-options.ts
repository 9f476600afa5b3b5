import type { EdgeAggregator } from '@latido/edge-accounting';
import { EventHeartbeatPublisher } from '@latido/heartbeat/aws';
import type { HeartbeatModuleOptions } from '@latido/heartbeat/nest';
import type { LamportClock } from '@latido/lamport-clock';
import { RECEIPT_V1, STATE_CHANGED_V1 } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import type { Log } from '@latido/observability';
import { type Identity, logHeartbeatOutages, type StopSequence } from '@latido/service-host';
import { v7 as uuidv7 } from 'uuid';
import { createTracedPublisher } from '@latido/service-host/aws';
import type { ServiceBSettings } from '../configuration';
import type { Topics } from '../infrastructure/infrastructure';
import { EVENTS_TOPIC } from '../telemetry/books';
import { PUBLISHED_HEARTBEATS, type ServiceBMetrics } from '../telemetry/metrics';

/** The last copies of a goodbye are out by then, or never. */
const CLOSE_TIMEOUT_MS = 1_000;

/** What service-b says of itself in every heartbeat, with the books of its edges on board. */
export function heartbeatOptions(
  { heartbeats }: Topics,
  clock: LamportClock,
  identity: Identity,
  edges: EdgeAggregator,
  settings: ServiceBSettings,
  stop: StopSequence,
  { interop_messages_published_total: published }: ServiceBMetrics,
  log: Log,
): HeartbeatModuleOptions {
  const publisher = createTracedPublisher('heartbeats', heartbeats);
  stop.register({
    phase: 'close_http',
    name: 'heartbeats',
    timeoutMs: CLOSE_TIMEOUT_MS,
    run: () => publisher.close(),
  });
  return {
    publisher: new EventHeartbeatPublisher({
      publisher,
      newId: uuidv7,
      sha256Hex,
      lamport: () => clock.time,
      onPublished: () => published.inc(PUBLISHED_HEARTBEATS),
    }),
    identity: {
      service: identity.service,
      instanceId: identity.instanceId,
      incarnation: { epoch: clock.epoch, token: tokenOf(identity) },
      version: identity.version,
      produces: [{ topic: 'receipts', contracts: [RECEIPT_V1.type] }],
      accepts: [{ topic: EVENTS_TOPIC, contracts: [STATE_CHANGED_V1.type] }],
    },
    ...logHeartbeatOutages(log),
    intervalMs: settings.heartbeatIntervalMs,
    collectAggregates: (options) => edges.collect(options),
  };
}

/** The random part of the incarnation, `<epoch>-<random>`. */
function tokenOf({ incarnation = '', instanceId }: Identity): string {
  return incarnation.split('-').at(-1) || instanceId.slice(0, 32);
}
