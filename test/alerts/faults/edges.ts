import { eventually } from '@latido/testing';
import { plainText } from '../../rig/foreign-event';
import type { Fault, Lane } from '../fault';
import type { Beater } from '../stage/beater';
import type { Stage } from '../stage/stage';

const EVENTS = { producer: 'service-a', topic: 'state-events', consumer: 'service-b' };
const RECEIPTS = { producer: 'service-b', topic: 'receipts', consumer: 'service-a' };

/** Spoils the calls of service-a to one of the three; nothing more heals them. */
const spoilA = (
  { installation }: Stage,
  ...spoil: Parameters<ReturnType<Stage['installation']['detourOf']>['spoil']>
) => installation.detourOf(installation.pod('service-a-0')).spoil(...spoil);

const purged: Fault = {
  name: 'PurgeQueue on a queue with receipts in it',
  own: { topic: 'receipts' },
  alerts: [{ name: 'InteropEdgeLoss', labels: RECEIPTS }],
  pages: 1,
  cause: async (stage) => {
    const { desk, names } = stage.installation;
    const queue = names.queue('service-a-receipts');
    spoilA(stage, 'sqs', { away: 1 });
    await stage.load.burst(5);
    await eventually(
      async () => {
        const { visible } = await desk.depth(queue);
        if (visible < 5) throw new Error(`${visible} receipts wait`);
      },
      { withinMs: stage.pace.beats(30) },
    );
    await desk.purge(queue);
    spoilA(stage, 'sqs', {});
    // Later ones arrive, so that the purged ones are missed.
    await stage.load.burst(2);
  },
  heal: async () => undefined,
};

function contractBroken(): Fault {
  let next: Beater;
  return {
    name: 'a producer of the next contract version beside a consumer that does not understand it',
    own: { topic: 'state-events' },
    alerts: [{ name: 'InteropContractMismatch', labels: { ...EVENTS, kind: 'not_accepted' } }],
    pages: 1,
    cause: async ({ installation }) => {
      const produces = [{ topic: 'state-events', contracts: ['latido.state.changed.v2'] }];
      next = await installation.beat({ service: 'service-a', instanceId: 'next', produces });
    },
    heal: async () => next.kill('SIGTERM'),
  };
}

const poisoned: Fault = {
  name: 'a poison message that no consumer can read',
  own: { alertname: 'InteropDLQNotEmpty' },
  alerts: [{ name: 'InteropDLQNotEmpty', labels: { service: 'service-b' } }],
  pages: 0,
  cause: async ({ installation: { desk, names } }) =>
    desk.put(names.queue('service-b-events'), [plainText('{"this is not')]),
  heal: async ({ installation: { desk, names } }) => desk.purge(names.deadLetterQueue('service-b-events')),
};

const SETTLED = 'sum(interop_events_pending{namespace="@namespace@"})';

const stalled: Fault = {
  name: 'a consumer that stands still (PUT /consumer manual)',
  alerts: [
    { name: 'InteropEventStuck', labels: { service: 'service-a' } },
    { name: 'InteropEdgeSilent', labels: EVENTS },
  ],
  pages: 0,
  cause: async (stage) => {
    await stage.installation.pod('service-b-0').api.put('/consumer', { mode: 'manual' });
    stage.load.rate(0.15);
  },
  heal: async (stage) => {
    stage.load.rate(0);
    await stage.installation.pod('service-b-0').api.put('/consumer', { mode: 'auto' });
    await stage.until(SETTLED, ([pending]) => pending === 0);
  },
};

const doubled: Fault = {
  name: 'a duplicate storm: a third of the answers of SNS is lost, so that producers repeat themselves',
  alerts: [{ name: 'InteropEdgeDuplicateRate', labels: EVENTS }],
  pages: 0,
  cause: async (stage) => {
    spoilA(stage, 'sns', { replyLost: 0.3 });
    stage.load.rate(4);
  },
  heal: async (stage) => {
    stage.load.rate(0);
    spoilA(stage, 'sns', {});
  },
};

const overtaken: Fault = {
  name: 'a third of the calls to SNS takes half a heartbeat longer, so that messages overtake each other',
  alerts: [{ name: 'InteropEdgeOutOfOrder', labels: EVENTS }],
  pages: 0,
  cause: async (stage) => {
    spoilA(stage, 'sns', { slow: 0.33, slowMs: stage.pace.beats(0.5) });
    stage.load.rate(8);
  },
  heal: async (stage) => {
    stage.load.rate(0);
    spoilA(stage, 'sns', {});
  },
};

const between = {
  replicas: { 'service-a': 1, 'service-b': 1, 'heartbeat-monitor': 1 },
  // Every edge has been used, so that its counters are known from 0 on.
  prepare: async (stage: Stage) => {
    await stage.load.burst(3);
    await stage.until(
      'count(interop_edge_messages_total{namespace="@namespace@",outcome="delivered"} > 0)',
      ([count]) => count === 2,
    );
  },
};

/** What keeps messages from those they are for. */
export const edges: Lane = {
  ...between,
  name: 'edges',
  rows: [[contractBroken(), purged, poisoned], [stalled]],
};

/** Messages that come twice, and in another order. */
export const copies: Lane = {
  ...between,
  name: 'copies',
  // So many messages are judged by the promise of their edge, too. One pause of the machine is not to break it.
  alerts: { InteropSLOSlow: { threshold: 20 }, InteropSLOBudget: { threshold: 10 } },
  rows: [[doubled], [overtaken]],
};
