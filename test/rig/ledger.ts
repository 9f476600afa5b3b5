import type { JsonObject } from '@latido/messaging';
import { eventually } from '@latido/testing';
import type { EmbeddedAws } from '@latido/testing';
import type { ResourceNames } from '@latido/topology';
import type { ApiClient } from './api-client';
import { PAYLOAD_MARKER } from './discretion';
import { QueueDesk } from './queue-desk';

/** What the books are kept in: a scene on this machine, or a release in a cluster. */
export interface Books {
  readonly a: ApiClient;
  readonly b: ApiClient;
  readonly aws: EmbeddedAws;
  readonly names: ResourceNames;
}

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
  readonly subject: string;
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
export async function acceptAll(
  scene: Books,
  all: readonly Command[],
  { withinMs = 60_000 }: { readonly withinMs?: number } = {},
): Promise<readonly Accepted[]> {
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
    { withinMs },
  );
  return [...accepted.values()];
}

/** The field a command adds. */
export function fieldOf(command: Command | undefined): string {
  return Object.keys(command?.data ?? {})[0] ?? '';
}

/** Waits until no event is pending. */
export async function untilSettled(scene: Books, { withinMs }: { readonly withinMs: number }): Promise<void> {
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
  scene: Books,
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
  await requireAllComplete(scene, new Set(history.keys()), versions);
  await requireEmptyQueues(scene, { fifo });
  return history;
}

async function historyOf(
  scene: Books,
  subjects: ReadonlySet<string>,
): Promise<Map<string, readonly ShownVersion[]>> {
  const history = new Map<string, readonly ShownVersion[]>();
  for (const subject of subjects) {
    const newestFirst = await scene.b.readAll<ShownVersion>(`/services/${subject}/versions`);
    history.set(subject, newestFirst.toReversed());
  }
  return history;
}

async function requireAllComplete(
  scene: Books,
  subjects: ReadonlySet<string>,
  versions: readonly ShownVersion[],
): Promise<void> {
  const all = await scene.a.readAll<ShownEvent>('/events');
  const events = all.filter(({ subject }) => subjects.has(subject));
  const shown = (rows: readonly (readonly unknown[])[]): readonly string[] =>
    rows.map((row) => row.join(' ')).toSorted();
  expect(shown(events.map(({ id, status, version }) => [`event#${id}`, status, version]))).toEqual(
    shown(versions.map(({ requestId, version }) => [requestId, 'complete', version])),
  );
}

/** Deliveries that died with their process are still in flight for a while, and will change nothing. */
async function requireEmptyQueues(
  { aws, names }: Books,
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
