import type { Fault, Lane } from '../fault';
import type { Stage } from '../stage/stage';

/** Too little for a promise to be judged by, which takes 20 events in 52 beats: a busy machine is slow without any fault. */
export const LIGHT_LOAD = 0.2;

const replicasOfB = ({ installation }: Stage) => installation.podsOf('service-b');
const backToWork = async (stage: Stage): Promise<void> => stage.installation.startAll(replicasOfB(stage));

const killed: Fault = {
  name: 'kill -9 of every service-b, under load',
  alerts: [{ name: 'InteropServiceDown', labels: { service: 'service-b' } }],
  pages: 1,
  cause: async (stage) => stage.installation.killAll(replicasOfB(stage), 'SIGKILL'),
  heal: backToWork,
};

const frozen: Fault = {
  name: 'SIGSTOP of every service-b, under load',
  alerts: [{ name: 'InteropServiceDown', labels: { service: 'service-b' } }],
  pages: 1,
  cause: async (stage) => {
    for (const pod of replicasOfB(stage)) pod.freeze();
  },
  heal: async (stage) => {
    for (const pod of replicasOfB(stage)) pod.thaw();
  },
};

const degraded: Fault = {
  name: 'kill -9 of one service-b of two',
  alerts: [{ name: 'InteropServiceDegraded', labels: { service: 'service-b' } }],
  pages: 0,
  cause: async ({ installation }) => installation.pod('service-b-1').kill('SIGKILL'),
  heal: async ({ installation }) => installation.pod('service-b-1').start(),
};

/** Deaths of a service, while events flow. */
export const deaths: Lane = {
  name: 'deaths',
  replicas: { 'service-a': 1, 'service-b': 2, 'heartbeat-monitor': 2 },
  prepare: async ({ load }) => load.rate(LIGHT_LOAD),
  rows: [[killed], [frozen], [degraded]],
};
