import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@latido/testing';
import {
  type Accepted,
  acceptAll,
  type Books,
  type Command,
  commands,
  requireExactLedger,
} from '../rig/ledger';
import { Release } from './release';

const EVENTS = 1_000;
const SUBJECTS = 40;
const BATCH = 25;
const BETWEEN_BATCHES_MS = 250;
/** Disruptions take minutes on a small cluster, and clients keep trying as long. */
const ACCEPT_WITHIN_MS = 300_000;
const SETTLE_WITHIN_MS = 300_000;

let runs = 0;

/** The settled release of a part, and what its ledgers are held against. */
interface Scene {
  readonly release: Release;
  readonly books: Books;
  /** The body of a check: 1,000 events, a tenth twice, while something happens; then 0 lost, 0 doubled, 0 dead-lettered. */
  readonly isExactWhile: (happening: () => Promise<void>) => () => Promise<void>;
}

/**
 * Settles a release before the checks of a describe block, and closes it after them.
 * @param values - of the chart, as after `--set`.
 */
export function settledScene(values: readonly string[] = []): Scene {
  let open: { readonly release: Release; readonly books: Books } | undefined;
  const opened = () => {
    if (open === undefined) throw new Error('the release is there only inside of checks');
    return open;
  };
  beforeAll(async () => {
    const release = await Release.settled(values);
    open = { release, books: await release.books() };
  });
  afterAll(() => {
    open?.books.aws.close();
    open?.release.close();
  });
  return {
    get release() {
      return opened().release;
    },
    get books() {
      return opened().books;
    },
    isExactWhile: (happening) => () =>
      withLocalAwsUntouched(opened().release, () => requireExactWhile(opened().books, happening)),
  };
}

/**
 * Sends 1,000 events, a tenth of them twice, while something happens, and goes on until both are done.
 * @param books - where they are sent.
 * @param happening - what happens meanwhile; starts when the first events were accepted.
 * @returns the events as they were accepted.
 */
export async function trafficWhile(
  books: Books,
  happening: () => Promise<void>,
): Promise<readonly Accepted[]> {
  const all = commands(EVENTS, { subjects: SUBJECTS, name: `cart-${Date.now()}-${(runs += 1)}` });
  const accepted: Accepted[] = [];
  const first = await acceptAll(books, all.slice(0, BATCH), { withinMs: ACCEPT_WITHIN_MS });
  accepted.push(...first);
  let over = false;
  const story = happening().finally(() => (over = true));
  // Held until it is awaited below: the sending goes on although the story failed.
  story.catch(() => undefined);
  let sent = BATCH;
  while (sent < all.length) {
    accepted.push(...(await acceptAll(books, all.slice(sent, sent + BATCH), { withinMs: ACCEPT_WITHIN_MS })));
    sent += BATCH;
    if (!over) await delay(BETWEEN_BATCHES_MS);
  }
  await repeatATenth(books, all, accepted);
  await story;
  return accepted;
}

/** A client that heard nothing sends the same again, under the same key: the answer names the event of the first time. */
async function repeatATenth(
  books: Books,
  all: readonly Command[],
  accepted: readonly Accepted[],
): Promise<void> {
  const again = all.filter((_, place) => place % 10 === 0);
  const answers = await acceptAll(books, again, { withinMs: ACCEPT_WITHIN_MS });
  const idByField = new Map(accepted.map(({ id, subject, field }) => [`${subject} ${field}`, id]));
  for (const { id, subject, field } of answers) expect(id).toBe(idByField.get(`${subject} ${field}`));
}

/** Holds that 1,000 events, a tenth sent twice while something happens, end with 0 lost, 0 doubled, 0 dead-lettered. */
export async function requireExactWhile(books: Books, happening: () => Promise<void>): Promise<void> {
  const accepted = await trafficWhile(books, happening);
  await untilAllSettled(books, accepted);
  await requireExactLedger(books, accepted);
}

/** Waits until the receipts of these events have come back. */
export async function untilAllSettled({ a }: Books, accepted: readonly Accepted[]): Promise<void> {
  const subjects = new Set(accepted.map(({ subject }) => subject));
  await eventually(
    async () => {
      const { items } = await a.read<{ readonly items: readonly { readonly subject: string }[] }>(
        '/events?status=pending&limit=100',
      );
      expect(items.filter(({ subject }) => subjects.has(subject))).toEqual([]);
    },
    { withinMs: SETTLE_WITHIN_MS },
  );
}

/**
 * Holds that local-aws was not touched while something happened: without its data a ledger means nothing.
 * @throws Error that calls the run invalid.
 */
export async function withLocalAwsUntouched<T>(release: Release, story: () => Promise<T>): Promise<T> {
  const before = await lifeOfLocalAws(release);
  const result = await story();
  const after = await lifeOfLocalAws(release);
  if (before !== after) throw new Error(`this run is invalid: local-aws was ${before} and is ${after}`);
  return result;
}

async function lifeOfLocalAws(release: Release): Promise<string> {
  const pods = await release.pods('local-aws');
  return pods
    .map(
      ({ metadata, status }) =>
        `${metadata.uid} with ${status.containerStatuses?.[0]?.restartCount} restarts`,
    )
    .join(', ');
}
