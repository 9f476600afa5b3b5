import { eventually } from '@latido/testing';
import type { JsonObject } from '@latido/messaging';
import { PAYLOAD_MARKER } from './discretion';
import { QueueDesk } from './queue-desk';
import type { Scene } from './scene';

/** One event as a client sends it. */
export interface Command {
  readonly subject: string;
  readonly operation: 'merge';
  readonly data: JsonObject;
  readonly idempotencyKey: string;
}

/** One event as it was accepted. */
export interface Accepted {
  readonly id: string;
  readonly subject: string;
  readonly lamport: number;
  /** The field that the event, and no other, adds to the value of its subject. */
  readonly field: string;
}

/** One version as service-b shows it. */
export interface ShownVersion {
  readonly subject: string;
  readonly version: number;
  readonly requestId: string;
  readonly lamport: number;
  readonly value?: unknown;
}

interface ShownEvent {
  readonly id: string;
  readonly status: string;
  readonly version?: number;
}

interface EntryAnswer {
  readonly status: number;
  readonly event: Omit<Accepted, 'field'>;
}

const BATCH = 100;

/**
 * Commands that each add a field of their own to the value of their subject: an effect that is missing or that another
 * has undone can be seen in the last version, whatever the order they were applied in.
 */
export function commands(
  count: number,
  { subjects, name = 'cart' }: { readonly subjects: number; readonly name?: string },
): readonly Command[] {
  return Array.from({ length: count }, (_, i) => ({
    subject: `${name}-${i % subjects}`,
    operation: 'merge',
    data: { [`f${i}`]: `${PAYLOAD_MARKER} ${i}` },
    idempotencyKey: `${name}-key-${i}`,
  }));
}

/** Sends commands by batches of 100, and again, under the same key, what was not accepted, until each is. */
export async function acceptAll(scene: Scene, all: readonly Command[]): Promise<readonly Accepted[]> {
  const accepted = new Map<string, Accepted>();
  await eventually(
    async () => {
      for (let i = 0; i < all.length; i += BATCH) {
        const events = all.slice(i, i + BATCH).filter(({ idempotencyKey }) => !accepted.has(idempotencyKey));
        if (events.length === 0) continue;
        const { body } = await scene.a.post('/events/batch', { events });
        const { results } = body as { readonly results: readonly EntryAnswer[] };
        for (const [n, { status, event }] of results.entries())
          if (status === 202)
            accepted.set(events[n]!.idempotencyKey, { ...event, field: fieldOf(events[n]) });
      }
      expect(accepted.size).toBe(all.length);
    },
    { withinMs: 60_000 },
  );
  return [...accepted.values()];
}

/** The field a command adds. */
export function fieldOf(command: Command | undefined): string {
  return Object.keys(command?.data ?? {})[0] ?? '';
}

/** Waits until no event is pending. */
export async function untilSettled(scene: Scene, { withinMs }: { readonly withinMs: number }): Promise<void> {
  await eventually(
    async () => {
      const { items } = await scene.a.read<{ readonly items: readonly ShownEvent[] }>(
        '/events?status=pending&limit=1',
      );
      expect(items).toEqual([]);
    },
    { withinMs },
  );
}

/**
 * Holds the books of a scene to what was accepted:
 *
 *     every event exactly one version, its field in the last value of its subject
 *     the versions of a subject numbered 1, 2, 3, ... without a gap
 *     every entry complete, at the number of its version
 *     nothing waits in a queue, nothing is in a dead-letter queue
 *
 * @returns the versions by subject, oldest first.
 */
export async function requireExactLedger(
  scene: Scene,
  accepted: readonly Accepted[],
  { fifo = false }: { readonly fifo?: boolean } = {},
): Promise<ReadonlyMap<string, readonly ShownVersion[]>> {
  const history = await historyOf(scene, new Set(accepted.map(({ subject }) => subject)));
  const versions = [...history.values()].flat();
  for (const own of history.values())
    expect(own.map(({ version }) => version)).toEqual(own.map((_, place) => place + 1));
  expect(versions.map(({ requestId }) => requestId).toSorted()).toEqual(
    accepted.map(({ id }) => `event#${id}`).toSorted(),
  );
  for (const [subject, own] of history) {
    const fields = accepted.filter((event) => event.subject === subject).map(({ field }) => field);
    expect(Object.keys(own.at(-1)?.value ?? {}).toSorted()).toEqual(fields.toSorted());
  }
  await requireAllComplete(scene, versions);
  await requireEmptyQueues(scene, { fifo });
  return history;
}

async function historyOf(
  scene: Scene,
  subjects: ReadonlySet<string>,
): Promise<Map<string, readonly ShownVersion[]>> {
  const history = new Map<string, readonly ShownVersion[]>();
  for (const subject of subjects) {
    const newestFirst = await scene.b.readAll<ShownVersion>(`/services/${subject}/versions`);
    history.set(subject, newestFirst.toReversed());
  }
  return history;
}

async function requireAllComplete(scene: Scene, versions: readonly ShownVersion[]): Promise<void> {
  const events = await scene.a.readAll<ShownEvent>('/events');
  const shown = (all: readonly (readonly unknown[])[]): readonly string[] =>
    all.map((one) => one.join(' ')).toSorted();
  expect(shown(events.map(({ id, status, version }) => [`event#${id}`, status, version]))).toEqual(
    shown(versions.map(({ requestId, version }) => [requestId, 'complete', version])),
  );
}

/** Deliveries that died with their process are still in flight for a while, and will change nothing. */
async function requireEmptyQueues(
  { aws, names }: Scene,
  ordering: { readonly fifo: boolean },
): Promise<void> {
  const desk = new QueueDesk(aws);
  for (const queue of ['service-b-events', 'service-a-receipts']) {
    await eventually(
      async () => expect(await desk.depth(names.queue(queue, ordering))).toMatchObject({ visible: 0 }),
      { withinMs: 15_000 },
    );
    const deadLetters = await desk.depth(names.deadLetterQueue(queue, ordering));
    expect([queue, deadLetters]).toEqual([queue, { visible: 0, inFlight: 0, delayed: 0 }]);
  }
}
