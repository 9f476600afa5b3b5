import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import type { ReceivedMessage } from '@latido/messaging';
import { eventually } from '@latido/testing';
import { PAYLOAD_MARKER } from '../rig/discretion';
import { acceptAll, type Accepted, commands, requireExactLedger, untilSettled } from '../rig/ledger';
import { QueueDesk } from '../rig/queue-desk';
import { inScene, type Scene } from '../rig/scene';
import { SEED, shuffled } from '../rig/chance';

describe(`the ledger (SEED=${SEED})`, () => {
  it(
    'has every one of 1,000 events exactly once when a third comes twice and all come in another order',
    inScene({}, async (scene) => {
      const desk = new QueueDesk(scene.aws);
      const queue = scene.names.queue('service-b-events');
      await scene.start('service-a');
      const accepted = await acceptAll(scene, commands(1_000, { subjects: 40 }));
      const messages = await takeWhenAllCame(scene, 1_000);
      const copies = messages.filter((_, i) => i % 3 === 0);
      await desk.put(queue, shuffled([...messages, ...copies], SEED));
      await scene.start('service-b');
      // Late copies, by way of the topic, while the others are being applied.
      await desk.publish(scene.names.topicArn('state-events'), shuffled(messages, SEED + 1).slice(0, 100));
      await untilSettled(scene, { withinMs: 60_000 });
      const history = await requireExactLedger(scene, accepted);
      const order = (events: readonly { readonly lamport: number }[]) => events.map(({ lamport }) => lamport);
      const inversions = [...history.values()].filter(
        (versions) =>
          order(versions).join() !==
          order(versions)
            .toSorted((x, y) => x - y)
            .join(),
      );
      expect(inversions.length).toBeGreaterThan(0); // or nothing was out of order, and this has shown nothing
      const duplicates = /interop_commits_total\{outcome="duplicate"\} (\d+)/.exec(
        await scene.metrics('service-b'),
      );
      // Those that had to wait longer than 5 s were published again by the relay besides.
      expect(Number(duplicates?.[1])).toBeGreaterThanOrEqual(copies.length + 100);
      await requireInAllTables(scene, accepted[0]!);
    }),
    120_000,
  );

  it(
    'keeps the order of each subject with EVENT_ORDERING=fifo',
    inScene({ settings: { EVENT_ORDERING: 'fifo' } }, async (scene) => {
      await scene.start('service-a', 'service-b');
      const accepted = await acceptAll(scene, commands(120, { subjects: 6 }));
      await untilSettled(scene, { withinMs: 60_000 });
      const history = await requireExactLedger(scene, accepted, { fifo: true });
      for (const [subject, versions] of history) {
        const ids = accepted.filter((event) => event.subject === subject).map(({ id }) => `event#${id}`);
        expect(versions.map(({ requestId }) => requestId)).toEqual(ids);
      }
    }),
    60_000,
  );

  it(
    'grows a batch at a time, when asked, with CONSUMER_MODE=manual, until it is automatic again',
    inScene({ settings: { CONSUMER_MODE: 'manual' } }, async (scene) => {
      await scene.start('service-a', 'service-b');
      const accepted = await acceptAll(scene, commands(25, { subjects: 5 }));
      await queueHolds(scene, 25);
      expect(await scene.b.get('/services')).toMatchObject({ status: 200, body: { items: [] } });

      const { body } = await scene.b.post('/consumer/process');
      const { received, acknowledged } = body as { readonly received: number; readonly acknowledged: number };
      expect([received > 0 && received <= 10, acknowledged]).toEqual([true, received]);
      const versions = await versionsIn(scene);
      expect([versions > 0, versions <= received]).toEqual([true, true]);

      expect(await scene.b.put('/consumer', { mode: 'auto' })).toMatchObject({
        status: 200,
        body: { mode: 'auto' },
      });
      expect(await scene.b.post('/consumer/process')).toMatchObject({
        status: 409,
        body: { code: 'consumer_mode_conflict' },
      });
      await untilSettled(scene, { withinMs: 30_000 });
      await requireExactLedger(scene, accepted);
    }),
    60_000,
  );
});

/** Each message that service-a published, taken out of service-b's queue before service-b has seen it. */
async function takeWhenAllCame(scene: Scene, count: number): Promise<readonly ReceivedMessage[]> {
  await queueHolds(scene, count);
  const messages = await new QueueDesk(scene.aws).takeAll(scene.names.queue('service-b-events'));
  // On a slow machine the relay has published some again already.
  return [...new Map(messages.map((message) => [message.body, message])).values()];
}

async function queueHolds(scene: Scene, count: number): Promise<void> {
  const desk = new QueueDesk(scene.aws);
  await eventually(
    async () => {
      const { visible } = await desk.depth(scene.names.queue('service-b-events'));
      expect(visible).toBeGreaterThanOrEqual(count);
    },
    { withinMs: 30_000 },
  );
}

async function versionsIn(scene: Scene): Promise<number> {
  const subjects = await scene.b.readAll<{ readonly subject: string }>('/services');
  const heads = await Promise.all(
    subjects.map(({ subject }) => scene.b.read<{ readonly version: number }>(`/services/${subject}`)),
  );
  return heads.reduce((sum, { version }) => sum + version, 0);
}

/** What a newcomer sees in the three tables: the claim, the log segment and the version of one event. */
async function requireInAllTables(scene: Scene, { id, subject }: Accepted): Promise<void> {
  const claims = await itemsOf(scene, 'IdempotencyTable', (item) => item['RequestID']?.S === `event#${id}`);
  expect(claims).toEqual([
    expect.objectContaining({
      Decision: { M: { subject: { S: subject }, version: { N: expect.any(String) } } },
    }),
  ]);
  const segments = await itemsOf(
    scene,
    'WriteAheadLog',
    (item) => item['LogID']?.S?.startsWith('service-b#') === true && JSON.stringify(item).includes(id),
  );
  expect(segments.length).toBeGreaterThan(0);
  const versions = await itemsOf(scene, 'VersionedState', (item) => item['RequestID']?.S === `event#${id}`);
  expect(versions).toEqual([
    expect.objectContaining({
      ServiceID: { S: subject },
      VersionNumber: claims[0]?.['Decision']?.M?.['version'],
      Value: { S: expect.stringContaining(PAYLOAD_MARKER) },
    }),
  ]);
}

type Item = Readonly<Record<string, AttributeValue>>;

async function itemsOf(
  { aws, names }: Scene,
  table: string,
  isWanted: (item: Item) => boolean,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan(
    { client: aws.dynamodb },
    { TableName: names.table(table) },
  ))
    items.push(...Items.filter(isWanted));
  return items;
}
