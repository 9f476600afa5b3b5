import type { OutgoingMessage } from '@latido/messaging';
import { eventually } from '@latido/testing';
import { booksOf, counted, edgesOf, mismatchesOf } from '../rig/edge-books';
import { acceptAll, commands } from '../rig/ledger';
import { handOver, takeNumbered } from '../rig/numbered-events';
import { inScene, type Scene } from '../rig/scene';
import { ScratchSender } from '../rig/scratch-sender';

const SETTINGS = { HEARTBEAT_INTERVAL_MS: '1000', EDGE_LOST_AFTER_MS: '4000', CONSUMER_MODE: 'manual' };
const EVENTS = { producer: 'service-a', topic: 'state-events', consumer: 'service-b' };
const RECEIPTS = { producer: 'service-b', topic: 'receipts', consumer: 'service-a' };

/** What the test does to the forty messages, by their numbers. The last one arrives, so none waits for its successor. */
const SENT = 40;
const LOST = [5, 17, 18];
const TWICE = [3, 8, 21, 30];
/** Each arrives after the one that follows it. */
const OVERTAKEN = [10, 25];
/** Each of them breaks its contract in its own way, and ends in the dead-letter queue. */
const BROKEN: ReadonlyMap<number, 'unknown_version' | 'unknown_type' | 'invalid_data'> = new Map([
  [12, 'unknown_version'],
  [33, 'unknown_version'],
  [14, 'unknown_type'],
  [27, 'invalid_data'],
  [28, 'invalid_data'],
  [29, 'invalid_data'],
]);
const ARRIVED = SENT - LOST.length - BROKEN.size;
/** Refused for certain: what comes under the same id later is another event. */
const REFUSED = 3;

const WITHIN = { withinMs: 30_000 };

describe('the books of an edge', () => {
  it(
    'report exactly what was lost, doubled, overtaken and broken on it, nothing elsewhere, also after the monitor is killed, and take back what the relay repeats',
    inScene({ settings: SETTINGS }, async (scene) => {
      await scene.start('service-a', 'service-b', 'heartbeat-monitor');
      const messages = await takeNumbered(scene, SENT);

      for (const message of damaged(messages)) await handOver(scene, message);

      await eventually(async () => {
        const [events, receipts, ...others] = await edgesOf(scene);
        expect(others).toEqual([]);
        expect(events).toMatchObject({
          ...EVENTS,
          balanced: false,
          lostTotal: LOST.length,
          books: {
            published: SENT,
            delivered: ARRIVED,
            deadLettered: BROKEN.size,
            inFlight: 0,
            lost: LOST.length,
            unobserved: 0,
            voided: 0,
          },
          counts: {
            delivered: ARRIVED,
            duplicate: TWICE.length,
            late: 0,
            inversions: OVERTAKEN.length,
            failed: 0,
            deadLettered: BROKEN.size,
          },
        });
        // A receipt for each message that arrived, and nobody to take them.
        const told = ARRIVED + TWICE.length + BROKEN.size;
        expect(receipts).toMatchObject({
          ...RECEIPTS,
          balanced: true,
          lostTotal: 0,
          books: { published: told, delivered: 0, deadLettered: 0, inFlight: told, lost: 0, unobserved: 0 },
        });
      }, WITHIN);
      await eventually(async () => {
        const page = await scene.metrics('heartbeat-monitor');
        expect(booksOf(page, EVENTS)).toEqual({
          delivered: ARRIVED,
          duplicate: TWICE.length,
          late: 0,
          failed: 0,
          dead_lettered: BROKEN.size,
          lost: LOST.length,
          inversions: OVERTAKEN.length,
          inFlight: 0,
        });
        expect(counted(page, 'interop_edge_messages_lost_total')).toBe(LOST.length);
        expect(mismatchesOf(page, EVENTS)).toMatchObject({
          unknown_type: brokenBy('unknown_type'),
          unknown_version: brokenBy('unknown_version'),
          invalid_data: brokenBy('invalid_data'),
        });
        expect(counted(page, 'interop_edge_contract_mismatches_total')).toBe(BROKEN.size);
      }, WITHIN);

      // A monitor that is killed goes on with the same books.
      await scene.kill('heartbeat-monitor', 'SIGKILL');
      await scene.start('heartbeat-monitor');
      await eventually(async () => {
        const [events] = await edgesOf(scene);
        expect(events).toMatchObject({
          lostTotal: LOST.length,
          books: { published: SENT, delivered: ARRIVED, deadLettered: BROKEN.size, lost: LOST.length },
        });
      }, WITHIN);

      await scene.b.put('/consumer', { mode: 'auto' });
      await scene.start('service-a');
      await eventually(async () => {
        const edges = await edgesOf(scene);
        expect(edges.map(({ balanced, books }) => [balanced, books.lost, books.inFlight])).toEqual([
          [true, 0, 0],
          [true, 0, 0],
        ]);
        expect(edges[0]).toMatchObject({
          lostTotal: LOST.length,
          // What broke its contract under a known version is refused for good, also when it is repeated whole.
          books: { published: SENT, delivered: SENT - REFUSED, deadLettered: REFUSED },
        });
        for (const { books } of edges) expect(books.published).toBe(books.delivered + books.deadLettered);
      }, WITHIN);
    }),
    180_000,
  );

  it(
    'tell when a live instance begins to write a version that another does not understand, before any message of it',
    inScene({ settings: SETTINGS }, async (scene) => {
      await scene.start('service-a', 'service-b', 'heartbeat-monitor');
      await acceptAll(scene, commands(1, { subjects: 1 }));
      const pair = {
        produced: ['latido.state.changed.v1'],
        accepted: ['latido.state.changed.v1'],
        missing: [],
      };
      await eventually(
        async () => expect((await edgesOf(scene))[0]?.contracts.pairs).toEqual([pair]),
        WITHIN,
      );
      await eventually(
        async () => expect(await mismatches(scene)).toMatchObject({ not_accepted: 0 }),
        WITHIN,
      );

      const v2 = 'latido.state.changed.v2';
      const next = new ScratchSender(scene, {
        service: 'service-a',
        instanceId: 'next',
        intervalMs: 1_000,
        produces: [{ topic: 'state-events', contracts: [v2] }],
      }).start();
      try {
        await eventually(async () => {
          const [events] = await edgesOf(scene);
          expect(events?.contracts).toMatchObject({
            pairs: [pair, { ...pair, produced: [v2], missing: [v2] }],
            mismatches: { notAccepted: 1, unknownVersion: 0 },
          });
          expect(await mismatches(scene)).toMatchObject({ not_accepted: 1, unknown_version: 0 });
          expect(await scene.metrics('heartbeat-monitor')).toContain(
            `topic="state-events",produced="${v2}",accepted="latido.state.changed.v1"} 1`,
          );
        }, WITHIN);
      } finally {
        next.stop();
      }
    }),
    60_000,
  );
});

async function mismatches(scene: Scene): Promise<Readonly<Record<string, number>>> {
  return mismatchesOf(await scene.metrics('heartbeat-monitor'), EVENTS);
}

/** The messages as service-b is to find them. */
function damaged(messages: ReadonlyMap<number, OutgoingMessage>): readonly OutgoingMessage[] {
  const order = Array.from({ length: SENT }, (_, i) => i + 1);
  for (const number of OVERTAKEN) order.splice(number - 1, 2, number + 1, number);
  return order
    .filter((number) => !LOST.includes(number))
    .flatMap((number) => (TWICE.includes(number) ? [number, number] : [number]))
    .map((number) => {
      const message = messages.get(number)!;
      const flaw = BROKEN.get(number);
      return flaw ? broken(message, flaw) : message;
    });
}

const FLAWS = {
  unknown_version: { type: 'latido.state.changed.v9', dataschema: undefined },
  unknown_type: { type: 'somebody.elses.v1', dataschema: undefined },
  invalid_data: { data: { operation: 'explode' } },
} as const;

function broken({ body, attributes }: OutgoingMessage, flaw: keyof typeof FLAWS): OutgoingMessage {
  const event = { ...(JSON.parse(body) as { readonly type: string }), ...FLAWS[flaw] };
  return { body: JSON.stringify(event), attributes: { ...attributes, type: event.type } };
}

function brokenBy(flaw: keyof typeof FLAWS): number {
  return [...BROKEN.values()].filter((each) => each === flaw).length;
}
