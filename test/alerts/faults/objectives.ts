import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, Lane } from '../fault';
import type { Stage } from '../stage/stage';

/** Within the 35 beats of a fast alert's long window: more than the 20 that promises about events are judged by. */
const EVENTS_A_BEAT = 3;
/** Those too. */
const REQUESTS_A_BEAT = 6;
/** Longer than an API promises to take, and shorter than a client of DynamoDB waits. */
const SLOW_MS = 900;
/**
 * The poll that waits takes one message more; those after it lie longer than edges promise, and shorter than a producer waits before
 * it repeats itself. Neither is shortened.
 */
const HELD_MS = 5_500;
const OPEN_MS = 1_500;
/** The slow alerts look at windows that are long, also when they are shortened. */
const LONG = { firesWithinBeats: 220, resolvesWithinBeats: 300 };

/** What burns a budget fast burns it over the longer windows too. */
const burns = (fast: string, labels: Readonly<Record<string, string>>) =>
  [fast, 'InteropSLOSlow', 'InteropSLOBudget'].map((name) => ({ name, labels }));

const podB = ({ installation }: Stage) => installation.pod('service-b-0');

/** The fault beside it restarts the service: then there is nobody to switch, and it begins as `auto`. */
async function switchConsumer(stage: Stage, mode: 'manual' | 'auto'): Promise<void> {
  await podB(stage)
    .api.put('/consumer', { mode })
    .catch(() => undefined);
}

function lateDeliveries(): Fault {
  const healed = new AbortController();
  let bursts: Promise<void>;
  const workInBursts = async (stage: Stage): Promise<void> => {
    while (!healed.signal.aborted) {
      await switchConsumer(stage, 'manual');
      await delay(HELD_MS);
      await switchConsumer(stage, 'auto');
      await delay(OPEN_MS);
    }
  };
  return {
    ...LONG,
    name: 'a consumer that works in bursts: messages lie for seconds',
    own: { slo: 'edge-delivery' },
    alerts: burns('InteropEdgeDeliverySLOFast', { slo: 'edge-delivery', topic: 'state-events' }),
    pages: 1,
    cause: async (stage) => {
      stage.load.rate(EVENTS_A_BEAT);
      bursts = workInBursts(stage);
    },
    heal: async (stage) => {
      healed.abort();
      await bursts;
      stage.load.rate(0);
    },
  };
}

const failingEvents: Fault = {
  ...LONG,
  name: 'a wrong setting (EVENT_VERSION_ORDER=lamport), so that every merge is refused',
  own: { slo: 'event-completion' },
  alerts: burns('InteropEventCompletionSLOFast', { slo: 'event-completion', workflow: 'state-events' }),
  pages: 0,
  cause: async (stage) => {
    await podB(stage).kill('SIGTERM');
    await podB(stage).start({ EVENT_VERSION_ORDER: 'lamport' });
    stage.load.rate(EVENTS_A_BEAT);
  },
  heal: async (stage) => {
    await podB(stage).kill('SIGTERM');
    await podB(stage).start();
  },
};

/** Promises about messages and about what becomes of events. */
export const events: Lane = {
  name: 'events',
  replicas: { 'service-a': 1, 'service-b': 1, 'heartbeat-monitor': 1 },
  rows: [[failingEvents, lateDeliveries()]],
};

const throttled: Fault = {
  ...LONG,
  name: 'DynamoDB throttles every call of service-a',
  own: { service: 'service-a' },
  alerts: burns('InteropApiErrorRate', { service: 'service-a', slo: 'api-availability' }),
  pages: 0,
  cause: async ({ installation, load }) => {
    installation.detourOf(installation.pod('service-a-0')).spoil('dynamodb', { throttled: 1 });
    load.rate(REQUESTS_A_BEAT);
  },
  heal: async ({ installation, load }) => {
    // The table of service-b may still be slow, and what is accepted now would be delivered late.
    load.rate(0);
    installation.detourOf(installation.pod('service-a-0')).spoil('dynamodb', {});
  },
};

function slowTable(): Fault {
  let asking: NodeJS.Timeout;
  return {
    ...LONG,
    name: 'DynamoDB answers service-b late',
    own: { service: 'service-b' },
    alerts: burns('InteropApiLatencySLO', { service: 'service-b', slo: 'api-latency' }),
    pages: 0,
    cause: async (stage) => {
      stage.installation.detourOf(podB(stage)).spoil('dynamodb', { slow: 1, slowMs: SLOW_MS });
      const ask = (): void =>
        void podB(stage)
          .api.get('/services?limit=1')
          .catch(() => undefined);
      asking = setInterval(ask, stage.pace.beats(1) / REQUESTS_A_BEAT);
    },
    heal: async (stage) => {
      stage.installation.detourOf(podB(stage)).spoil('dynamodb', {});
      clearInterval(asking);
    },
  };
}

/** Promises about the APIs. */
export const apis: Lane = {
  name: 'apis',
  replicas: { 'service-a': 1, 'service-b': 1, 'heartbeat-monitor': 1 },
  rows: [[throttled, slowTable()]],
};
