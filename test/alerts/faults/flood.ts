import { randomUUID } from 'node:crypto';
import type { HeartbeatState } from '@latido/heartbeat';
import { aHeartbeat } from '@latido/heartbeat/testing';
import type { OutgoingMessage } from '@latido/messaging';
import type { Fault } from '../fault';
import type { Stage } from '../stage/stage';

const INSTANCES = 60;
/** One call of SNS takes ten messages. */
const A_CALL = 10;
const TYPE = 'latido.heartbeat.v1';

/** Samples on a page from which on it counts as large: the crowd brings 180 to the 400 to 520 that are there without it. */
export const LARGE_PAGE = 550;

/** Pages of metrics that grow too large. */
export function manyInstances(): Fault {
  const healed = new AbortController();
  let beating: Promise<void>;
  return {
    name: `a service of ${INSTANCES} instances, so that the monitor's page grows`,
    own: { alertname: 'InteropScrapeNearLimit' },
    alerts: [{ name: 'InteropScrapeNearLimit', labels: { service: 'heartbeat-monitor' } }],
    pages: 0,
    // Who said goodbye stays on the page for 60 heartbeats.
    resolvesWithinBeats: 250,
    cause: async (stage) => void (beating = beatUntil(healed.signal, stage)),
    heal: async () => {
      healed.abort();
      await beating;
    },
  };
}

/** Lets everybody beat until the signal, and say goodbye then. */
async function beatUntil(signal: AbortSignal, stage: Stage): Promise<void> {
  let seq = 0;
  while (!signal.aborted) {
    await everybodySays(stage, 'up', (seq += 1));
    await stage.beats(1);
  }
  await everybodySays(stage, 'goodbye', seq + 1);
}

async function everybodySays(stage: Stage, state: HeartbeatState, seq: number): Promise<void> {
  const { desk, names } = stage.installation;
  for (let first = 0; first < INSTANCES; first += A_CALL) {
    const some = Array.from({ length: A_CALL }, (_, place) =>
      beatOf(`crowd-${first + place}`, state, seq, stage),
    );
    await desk.publish(names.topicArn('heartbeats'), some);
  }
}

function beatOf(instanceId: string, state: HeartbeatState, seq: number, { pace }: Stage): OutgoingMessage {
  const { intervalMs } = pace;
  const about = { service: 'crowd', instanceId, seq, state, intervalMs, sentAtMs: Date.now() };
  const data = aHeartbeat({ ...about, uptimeMs: seq * intervalMs });
  const event = { specversion: '1.0', id: randomUUID(), source: '/crowd', type: TYPE, data };
  return { body: JSON.stringify(event), attributes: { type: TYPE } };
}
