import type { Faults } from '../../rig/fault-proxy';
import type { Fault, Lane } from '../fault';
import type { Stage } from '../stage/stage';
import { Thief } from '../stage/thief';

const monitors = ({ installation }: Stage) => installation.podsOf('heartbeat-monitor');

const replicaKilled: Fault = {
  name: 'kill -9 of one heartbeat-monitor of two',
  alerts: [{ name: 'InteropMonitorReplicaMissing' }],
  pages: 0,
  cause: async ({ installation }) => installation.pod('heartbeat-monitor-1').kill('SIGKILL'),
  heal: async ({ installation }) => installation.pod('heartbeat-monitor-1').start(),
};

const replicaCutOff: Fault = {
  name: 'one heartbeat-monitor cannot reach SQS',
  alerts: [
    { name: 'InteropMonitorReplicaBlind', labels: { pod: 'heartbeat-monitor-1' } },
    { name: 'InteropChannelLag' },
  ],
  pages: 0,
  cause: async ({ installation }) => cutOff(installation, { away: 1 }),
  heal: async ({ installation }) => cutOff(installation, {}),
};

/** Spoils its calls to SQS. */
function cutOff(installation: Stage['installation'], faults: Faults): void {
  installation.detourOf(installation.pod('heartbeat-monitor-1')).spoil('sqs', faults);
}

const awsFrozen: Fault = {
  name: 'SIGSTOP of SNS and SQS: nothing is delivered to anybody',
  alerts: [{ name: 'InteropMonitorBlind' }],
  pages: 1,
  cause: async ({ installation }) => installation.aws.process.suspend(),
  heal: async ({ installation }) => installation.aws.process.resume(),
};

function robbed(): Fault {
  let thief: Thief;
  return {
    name: 'somebody else takes canaries out of the queue of one heartbeat-monitor',
    alerts: [{ name: 'InteropChannelCanaryLost' }],
    pages: 1,
    cause: async ({ installation: { desk, names }, pace }) => {
      const queue = await desk.queue(names.queue('heartbeat-monitor-heartbeats-1'));
      // One canary of three at most: they are sent every half a heartbeat. The other replica's pass here too.
      thief = new Thief(queue, 'heartbeat-monitor/1', pace.beats(1.1));
    },
    heal: async () => thief.stop(),
  };
}

const allKilled: Fault = {
  name: 'kill -9 of every heartbeat-monitor',
  alerts: [{ name: 'InteropMonitorDown' }],
  pages: 1,
  cause: async (stage) => stage.installation.killAll(monitors(stage), 'SIGKILL'),
  heal: async (stage) => stage.installation.startAll(monitors(stage)),
};

/** Those who watch die, or lose sight. */
export const watchers: Lane = {
  name: 'watchers',
  replicas: { 'service-a': 1, 'service-b': 1, 'heartbeat-monitor': 2 },
  rows: [[awsFrozen], [allKilled], [replicaCutOff], [replicaKilled]],
};

/** Nobody but those who watch, and somebody who robs them. */
export const robberies: Lane = {
  name: 'robberies',
  replicas: { 'service-a': 0, 'service-b': 0, 'heartbeat-monitor': 2 },
  rows: [[robbed()]],
};
