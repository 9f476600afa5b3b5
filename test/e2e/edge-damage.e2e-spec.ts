import type { OutgoingMessage, ReceivedMessage } from '@latido/messaging';
import { eventually } from '@latido/testing';
import { booksOf, counted, edgesOf, type ShownEdge } from '../rig/edge-books';
import { FaultProxy } from '../rig/fault-proxy';
import { handleOne, handOver, sequenceOf, takeNumbered } from '../rig/numbered-events';
import { QueueDesk } from '../rig/queue-desk';
import { inScene, type Scene } from '../rig/scene';

const WINDOW = 32;
const SETTINGS = {
  HEARTBEAT_INTERVAL_MS: '1000',
  EDGE_LOST_AFTER_MS: '4000',
  CONSUMER_MODE: 'manual',
};
const EVENTS = { producer: 'service-a', topic: 'state-events', consumer: 'service-b' };

/** What the test does to the messages, by their numbers. The last one arrives, so none waits for its successor. */
const SENT = 48;
const LOST = [5, 17];
/** They arrive when the window of service-b has passed them, and when the books have called them lost. */
const LATE = [2, 3, 9];
/** The table is away when it arrives; it comes again. */
const FAILED = 22;
/** Its queue has handed it out so often that it would soon move it to the dead letters by itself. */
const WORN_OUT = 20;
/** Carries the id of the one before it with other content. */
const IMPOSTOR = 31;
const DEAD = [WORN_OUT, IMPOSTOR];
/** Of the messages that service-b answers with. */
const RECEIPTS_LOST = 4;
/** Every message that arrived has a receipt, the dead letters too. */
const TOLD = SENT - LOST.length;

const WITHIN = { withinMs: 30_000 };
/** Handed over before the monitor must have heard of them: none may slide out of the window untold. */
const PIECE = WINDOW / 2;

describe('the books of an edge', () => {
  it(
    'report exactly what was late, failed, worn out and taken for another, and which receipts were lost',
    inScene({ settings: SETTINGS }, async (scene) => {
      const table = await FaultProxy.start(scene.endpoints['AWS_ENDPOINT_URL_DYNAMODB'] ?? '', () => 0);
      try {
        await scene.start('service-a', 'heartbeat-monitor');
        const settings = { EDGE_WINDOW: String(WINDOW), AWS_ENDPOINT_URL_DYNAMODB: table.url };
        const serviceB = await scene.spawn('service-b', settings);
        await serviceB.waitForReady();
        const messages = await takeNumbered(scene, SENT);

        await handOverAll(scene, messages, table);
        await eventually(async () => {
          const { books, lostTotal } = await eventsOf(scene);
          expect({ lost: books.lost, lostTotal }).toEqual({
            lost: LOST.length + LATE.length,
            lostTotal: LOST.length + LATE.length,
          });
        }, WITHIN);
        for (const number of LATE) await handOver(scene, messages.get(number)!);
        await expectEvents(scene);

        await loseReceipts(scene);
        await scene.start('service-a');
        await expectReceipts(scene);
        await expectEvents(scene);
      } finally {
        await table.close();
      }
    }),
    180_000,
  );
});

/** All but the lost and the late ones, a piece at a time: what a window forgets before it was told is beyond knowing. */
async function handOverAll(
  scene: Scene,
  messages: ReadonlyMap<number, OutgoingMessage>,
  table: FaultProxy,
): Promise<void> {
  let arrived = 0;
  for (let number = 1; number <= SENT; number += 1) {
    if (LOST.includes(number) || LATE.includes(number)) continue;
    await handOverDamaged(scene, messages, { number, table });
    arrived += 1;
    if (number % PIECE === 0) await untilTold(scene, arrived);
  }
}

async function handOverDamaged(
  scene: Scene,
  messages: ReadonlyMap<number, OutgoingMessage>,
  { number, table }: { readonly number: number; readonly table: FaultProxy },
): Promise<void> {
  const message = messages.get(number)!;
  switch (number) {
    case FAILED:
      table.faults = { away: 1 };
      await handOver(scene, message);
      table.faults = {};
      return handleOne(scene);
    case WORN_OUT:
      await wearOut(scene, message);
      return handleOne(scene);
    case IMPOSTOR:
      return handOver(scene, impostor(message, messages.get(number - 1)!));
    default:
      return handOver(scene, message);
  }
}

async function wearOut({ aws, names }: Scene, message: OutgoingMessage): Promise<void> {
  const desk = new QueueDesk(aws);
  await desk.put(names.queue('service-b-events'), [message]);
  await desk.wear(names.queue('service-b-events'), 90);
}

function impostor({ body, attributes }: OutgoingMessage, other: OutgoingMessage): OutgoingMessage {
  const { id } = JSON.parse(other.body) as { readonly id: string };
  return { body: JSON.stringify({ ...(JSON.parse(body) as object), id }), attributes };
}

async function untilTold(scene: Scene, arrived: number): Promise<void> {
  await eventually(async () => {
    const { books } = await eventsOf(scene);
    expect(books.delivered + books.deadLettered).toBe(arrived);
  }, WITHIN);
}

/** Takes the receipts out of their queue, and puts all but a few back, in their order; the last one arrives. */
async function loseReceipts({ aws, names }: Scene): Promise<void> {
  const desk = new QueueDesk(aws);
  const queue = names.queue('service-a-receipts');
  const taken: ReceivedMessage[] = [];
  // One that was handed to a poll of service-a as it stopped comes back when its visibility ends.
  await eventually(async () => {
    taken.push(...(await desk.takeAll(queue)));
    expect(taken).toHaveLength(TOLD);
  }, WITHIN);
  const receipts = taken.toSorted((one, other) => sequenceOf(one) - sequenceOf(other));
  expect(receipts.map(sequenceOf)).toEqual(Array.from({ length: TOLD }, (_, index) => index + 1));
  await desk.put(queue, receipts.slice(RECEIPTS_LOST));
}

async function eventsOf(scene: Scene): Promise<ShownEdge> {
  const [events] = await edgesOf(scene);
  if (events === undefined) throw new Error('no edge is on the books yet');
  return events;
}

async function expectEvents(scene: Scene): Promise<void> {
  await eventually(async () => {
    expect(await eventsOf(scene)).toMatchObject({
      ...EVENTS,
      balanced: false,
      lostTotal: LOST.length + LATE.length,
      books: {
        published: SENT,
        delivered: SENT - LOST.length - DEAD.length,
        deadLettered: DEAD.length,
        inFlight: 0,
        lost: LOST.length,
        unobserved: 0,
      },
    });
    const page = await scene.metrics('heartbeat-monitor');
    expect(booksOf(page, EVENTS)).toEqual({
      delivered: SENT - LOST.length - DEAD.length - LATE.length,
      duplicate: 0,
      late: LATE.length,
      failed: 1,
      dead_lettered: DEAD.length,
      lost: LOST.length + LATE.length,
      inversions: 0,
      inFlight: 0,
    });
    const reasons = await deadLettersByReason(scene);
    expect(reasons).toEqual({ max_receives: 1, fingerprint_conflict: 1, invalid_data: 0 });
  }, WITHIN);
}

async function deadLettersByReason(scene: Scene): Promise<Readonly<Record<string, number>>> {
  const page = await scene.metrics('service-b');
  const labels = { queue: 'service-b-events' };
  return Object.fromEntries(
    ['max_receives', 'fingerprint_conflict', 'invalid_data'].map((reason) => [
      reason,
      counted(page, 'interop_dead_letters_total', { ...labels, reason }),
    ]),
  );
}

async function expectReceipts(scene: Scene): Promise<void> {
  await eventually(async () => {
    const [, receipts, ...others] = await edgesOf(scene);
    expect(others).toEqual([]);
    expect(receipts).toMatchObject({
      producer: 'service-b',
      topic: 'receipts',
      consumer: 'service-a',
      lostTotal: RECEIPTS_LOST,
      books: {
        published: TOLD,
        delivered: TOLD - RECEIPTS_LOST,
        deadLettered: 0,
        inFlight: 0,
        lost: RECEIPTS_LOST,
        unobserved: 0,
      },
    });
  }, WITHIN);
}
