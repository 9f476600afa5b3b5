import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { HeartbeatState } from '@latido/heartbeat';
import { aHeartbeat } from '@latido/heartbeat/testing';
import type { OutgoingMessage } from '@latido/messaging';
import type { Fault } from '../fault';
import type { Stage } from '../stage/stage';

const SERVICES = 60;
/** One call of SNS takes ten messages; the monitor writes down everybody who leaves, and shall have time for it. */
const A_CALL = 10;
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

async function comeAndGo({ installation, pace }: Stage): Promise<void> {
  const { desk, names } = installation;
  for (let first = 0; first < SERVICES; first += A_CALL) {
    const some = Array.from({ length: A_CALL }, (_, place) => `job-${first + place}`);
    for (const [seq, state] of (['up', 'goodbye'] as const).entries()) {
      const beats = some.map((service) => beatOf(service, state, seq + 1, pace.intervalMs));
      await desk.publish(names.topicArn('heartbeats'), beats);
    }
    await delay(pace.beats(0.5));
  }
}

/** Samples on a page from which on it counts as large; {@link manyServices} brings more of them. */
export const LARGE_PAGE = 1_200;

/** Pages of metrics that grow too large. */
export const manyServices: Fault = {
  name: `${SERVICES} services that come and go, so that the monitor's page grows`,
  own: { alertname: 'InteropScrapeNearLimit' },
  alerts: [{ name: 'InteropScrapeNearLimit', labels: { service: 'heartbeat-monitor' } }],
  pages: 0,
  resolvesWithinBeats: 250,
  cause: comeAndGo,
  // Who said goodbye is forgotten by itself.
  heal: async () => undefined,
};
