import type { Fault, Lane } from '../fault';
import type { Beater } from '../stage/beater';
import type { Stage } from '../stage/stage';

const FIVE_MINUTES_MS = 300_000;
/** Silence of more than 3.5 beats is a death; the monitor says so by the next one. */
const DECLARED_DEAD_BEATS = 5;

/** Light processes that beat as services of their own; started one after the other. */
async function fleetOf(stage: Stage, service: string, size: number): Promise<Beater[]> {
  const beaters: Beater[] = [];
  for (let place = 0; place < size; place += 1)
    beaters.push(await stage.installation.beat({ service, instanceId: `${service}-${place}` }));
  return beaters;
}

function up(service: string): string {
  return `min(interop_service_instances{namespace="@namespace@",service="${service}",state="up"})`;
}

async function killAll(beaters: readonly Beater[], signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await Promise.all(beaters.map(async (beater) => beater.kill(signal)));
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
    prepare: async (stage) => void (fleet = await fleetOf(stage, 'flapper', 2)),
    cause: async (stage) => {
      for (let times = 0; times < 4; times += 1) {
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
    prepare: async (stage) => void (await fleetOf(stage, 'stormy', 1)),
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
    prepare: async (stage) => void (fleet = await fleetOf(stage, 'halved', 4)),
    cause: async () => killAll(fleet.slice(2), 'SIGTERM'),
    heal: async () => undefined,
  };
}

function halfDie(): Fault {
  let fleet: Beater[];
  return {
    name: 'half of the fleet dies at once (kill -9)',
    alerts: [{ name: 'InteropMassSilence' }],
    pages: 1,
    prepare: async (stage) => void (fleet = await fleetOf(stage, 'herd', 16)),
    cause: async () => killAll(fleet.slice(8), 'SIGKILL'),
    heal: async (stage) => {
      const dead = fleet.slice(8).map(({ identity }) => identity);
      for (const identity of dead) await stage.installation.beat(identity);
      await stage.beats(DECLARED_DEAD_BEATS);
    },
  };
}

/** What happens to services as such: instances come, go, freeze and die. */
export const fleet: Lane = {
  name: 'fleet',
  replicas: { 'service-a': 0, 'service-b': 0, 'heartbeat-monitor': 2 },
  rows: [[halfLeave(), clockSkew(), flapping(), restartStorm(), versionSkew()], [halfDie()]],
};
