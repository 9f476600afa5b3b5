import type { Fault, Lane } from '../fault';
import type { Stage } from '../stage/stage';
import { LIGHT_LOAD } from './deaths';

const replicasOfB = ({ installation }: Stage) => installation.podsOf('service-b');
/** How long an operator means to work: twice as long as a death takes to be declared, and to reach a pager. */
const WINDOW_BEATS = 20;

/** Nobody is told of what an operator does on purpose. */
const quiet = { alerts: [], pages: 0, heal: async () => undefined } as const;

const rollingUpdate: Fault = {
  ...quiet,
  name: 'a rolling update of service-b, under load',
  cause: async (stage) => {
    for (const pod of replicasOfB(stage)) {
      await pod.kill('SIGTERM');
      await pod.start({ SERVICE_VERSION: 'next' });
    }
  },
};

const recreate: Fault = {
  ...quiet,
  name: 'service-b is recreated: all of it stops, all of it starts',
  cause: async (stage) => {
    await stage.installation.killAll(replicasOfB(stage), 'SIGTERM');
    await stage.installation.startAll(replicasOfB(stage));
  },
};

const halfLeaves: Fault = {
  ...quiet,
  name: 'half of service-b leaves (SIGTERM)',
  cause: async ({ installation }) => installation.pod('service-b-1').kill('SIGTERM'),
  heal: async ({ installation }) => installation.pod('service-b-1').start(),
};

const scaledToZero: Fault = {
  ...quiet,
  name: 'service-b is scaled to zero (SIGTERM)',
  cause: async (stage) => {
    stage.load.rate(0);
    await stage.installation.killAll(replicasOfB(stage), 'SIGTERM');
  },
  heal: async (stage) => stage.installation.startAll(replicasOfB(stage)),
};

const down = { name: 'InteropServiceDown', labels: { service: 'service-b' } };
const path = '/api/services/service-b/maintenance';

/** Puts a mark on service-b, by the API of one replica of the monitor; all replicas follow it. */
async function mark({ installation, pace }: Stage, beats: number): Promise<void> {
  const until = new Date(Date.now() + pace.beats(beats)).toISOString();
  const { status } = await installation
    .pod('heartbeat-monitor-0')
    .api.put(path, { until, reason: 'the rig' });
  if (status !== 200) throw new Error(`the mark was answered ${status}`);
}

/** A death pages until the mark is set, and no longer, though nobody comes back. */
const markedWhileDown: Fault = {
  name: 'kill -9 of every service-b, then a maintenance mark: the page ends',
  alerts: [down],
  pages: 1,
  cause: async (stage) => stage.installation.killAll(replicasOfB(stage), 'SIGKILL'),
  heal: async (stage) => mark(stage, 10 * WINDOW_BEATS),
};

/** What the mark covers: a death within it tells nobody. It ends here, with the service still dead. */
const deadWithinWindow: Fault = {
  ...quiet,
  name: 'kill -9 of every service-b within its maintenance window: nobody is told until the window ends',
  cause: async (stage) => {
    await stage.installation.startAll(replicasOfB(stage));
    await mark(stage, WINDOW_BEATS);
    await stage.installation.killAll(replicasOfB(stage), 'SIGKILL');
  },
};

const windowEnds: Fault = {
  name: 'the maintenance window ends by itself, and service-b is still dead',
  alerts: [down],
  pages: 1,
  cause: async () => undefined,
  heal: async (stage) => stage.installation.startAll(replicasOfB(stage)),
};

/** What is done on purpose. */
export const rollouts: Lane = {
  name: 'rollouts',
  replicas: { 'service-a': 1, 'service-b': 2, 'heartbeat-monitor': 2 },
  prepare: async (stage) => stage.load.rate(LIGHT_LOAD),
  rows: [
    [rollingUpdate],
    [recreate],
    [halfLeaves],
    [scaledToZero],
    [markedWhileDown],
    [deadWithinWindow],
    [windowEnds],
  ],
};
