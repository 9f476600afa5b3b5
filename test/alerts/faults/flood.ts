import { randomUUID } from 'node:crypto';
import type { HeartbeatState } from '@latido/heartbeat';
import { aHeartbeat } from '@latido/heartbeat/testing';
import type { OutgoingMessage } from '@latido/messaging';
import type { Fault, Lane } from '../fault';
import type { Installation } from '../stage/installation';

const SERVICES = 200;
const TYPE = 'latido.heartbeat.v1';

/** One beat of a service that exists for a moment only. */
function beatOf(service: string, state: HeartbeatState, seq: number, intervalMs: number): OutgoingMessage {
  const data = aHeartbeat({
    service,
    instanceId: service,
    seq,
    state,
    intervalMs,
    sentAtMs: Date.now(),
    uptimeMs: seq,
  });
  const event = { specversion: '1.0', id: randomUUID(), source: `/${service}`, type: TYPE, data };
  return { body: JSON.stringify(event), attributes: { type: TYPE } };
}

async function comeAndGo({ desk, names, options }: Installation): Promise<void> {
  const intervalMs = Number(options.settings.HEARTBEAT_INTERVAL_MS);
  for (const [seq, state] of (['up', 'goodbye'] as const).entries()) {
    const beats = Array.from({ length: SERVICES }, (_, n) => beatOf(`job-${n}`, state, seq + 1, intervalMs));
    await desk.publish(names.topicArn('heartbeats'), beats);
  }
}

const manyServices: Fault = {
  name: `${SERVICES} services that come and go, so that the monitor's page grows`,
  alerts: [{ name: 'InteropScrapeNearLimit', labels: { service: 'heartbeat-monitor' } }],
  pages: 0,
  resolvesWithinBeats: 250,
  cause: async ({ installation }) => comeAndGo(installation),
  // Who said goodbye is forgotten by itself.
  heal: async () => undefined,
};

/** Pages of metrics that grow too large. */
export const flood: Lane = {
  name: 'flood',
  replicas: { 'service-a': 0, 'service-b': 0, 'heartbeat-monitor': 1 },
  alerts: { InteropScrapeNearLimit: { samples: 2_000 } },
  rows: [[manyServices]],
};
