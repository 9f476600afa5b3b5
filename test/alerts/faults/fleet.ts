import type { Fault, Lane } from '../fault';
import type { Beater } from '../stage/beater';
import { LARGE_PAGE, manyInstances } from './flood';
import { herdOf, killAll } from './herd';

const FIVE_MINUTES_MS = 300_000;
/** What flaps is told by the minutes in which it did; the window, shortened, has five: enough to fill it, whatever the scrapes miss. */
const TIMES = 7;

function up(service: string): string {
  return `min(interop_service_instances{namespace="@namespace@",service="${service}",state="up"})`;
}

function clockSkew(): Fault {
  let skewed: Beater;
  return {
    name: 'a clock that is five minutes ahead',
    own: { service: 'skewed' },
    alerts: [{ name: 'InteropClockSkew', labels: { service: 'skewed' } }],
    pages: 0,
    cause: async ({ installation }) => {
      const identity = { service: 'skewed', instanceId: 'skewed-0', clockOffsetMs: FIVE_MINUTES_MS };
      skewed = await installation.beat(identity);
    },
    heal: async () => skewed.kill('SIGTERM'),
  };
}

function flapping(): Fault {
  let fleet: Beater[];
  return {
    name: 'an instance that freezes and thaws (SIGSTOP, SIGCONT)',
    own: { service: 'flapper' },
    alerts: [{ name: 'InteropServiceFlapping', labels: { service: 'flapper' } }],
    pages: 0,
    prepare: async (stage) => void (fleet = await herdOf(stage, 'flapper', 2)),
    cause: async (stage) => {
      for (let times = 0; times < TIMES; times += 1) {
        fleet[0]!.process.suspend();
        await stage.until(down('flapper'), ([dead]) => dead === 1);
        fleet[0]!.process.resume();
        await stage.until(up('flapper'), ([alive]) => alive === 2);
      }
    },
    heal: async () => undefined,
  };
}

function down(service: string): string {
  return `max(interop_service_instances{namespace="@namespace@",service="${service}",state="down"})`;
}

function restartStorm(): Fault {
  return {
    name: 'an instance that is killed (kill -9) and started again and again',
    own: { service: 'stormy' },
    alerts: [{ name: 'InteropRestartStorm', labels: { service: 'stormy' } }],
    pages: 0,
    prepare: async (stage) => void (await herdOf(stage, 'stormy', 1)),
    cause: async ({ installation }) => {
      for (let times = 0; times < 5; times += 1) {
        const again = await installation.beat({ service: 'stormy', instanceId: 'stormy-1' });
        await again.kill('SIGKILL');
      }
      await installation.beat({ service: 'stormy', instanceId: 'stormy-1' });
    },
    heal: async () => undefined,
  };
}

function versionSkew(): Fault {
  let old: Beater;
  return {
    name: 'a rollout that stopped half way: two versions',
    own: { service: 'mixed' },
    alerts: [{ name: 'InteropVersionSkew', labels: { service: 'mixed' } }],
    pages: 0,
    cause: async ({ installation }) => {
      old = await installation.beat({ service: 'mixed', instanceId: 'mixed-0', version: '1.0.0' });
      await installation.beat({ service: 'mixed', instanceId: 'mixed-1', version: '1.1.0' });
    },
    heal: async () => old.kill('SIGTERM'),
  };
}

function halfLeave(): Fault {
  let fleet: Beater[];
  return {
    name: 'half of the replicas leave (SIGTERM)',
    own: { service: 'halved' },
    alerts: [],
    pages: 0,
    prepare: async (stage) => void (fleet = await herdOf(stage, 'halved', 4)),
    cause: async () => killAll(fleet.slice(2), 'SIGTERM'),
    heal: async () => undefined,
  };
}

/** What happens to services as such: instances come, go, freeze, and restart. */
export const fleet: Lane = {
  name: 'fleet',
  replicas: { 'service-a': 0, 'service-b': 0, 'heartbeat-monitor': 2 },
  alerts: { InteropScrapeNearLimit: { samples: LARGE_PAGE } },
  rows: [[halfLeave(), clockSkew(), flapping(), restartStorm(), versionSkew(), manyInstances()]],
};
