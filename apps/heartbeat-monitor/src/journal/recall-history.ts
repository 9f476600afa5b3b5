import type { Detector } from '@latido/failure-detector';
import { serviceOfSubject, serviceSubject } from '@latido/topology';
import type { Version, VersionStore } from '@latido/versioned-value';
import { changesIn, writtenState } from './state-change';
import type { StateJournal } from './state-journal';

export interface RecallInput {
  readonly store: Pick<VersionStore, 'list' | 'listSubjects'>;
  readonly detector: Pick<Detector, 'recall'>;
  readonly journal: Pick<StateJournal, 'resume'>;
  /** Versions written before this, in milliseconds since 1970, are in the snapshot. */
  readonly sinceMs: number;
}

const PAGE = 100;
/** Newest versions of one service that are looked at: what a crash loop of a large fleet writes in minutes. */
const MAX_VERSIONS = 1_000;

/**
 * Brings a detector from its snapshot to what was put on record after it, by this replica or another:
 * who said goodbye a second before a crash stays left.
 *
 * @returns how many changes were recalled.
 */
export async function recallHistory(input: RecallInput): Promise<number> {
  let recalled = 0;
  let cursor: string | undefined;
  do {
    const page = await input.store.listSubjects({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    const services = page.subjects.map(serviceOfSubject).filter((name) => name !== undefined);
    const counts = await Promise.all(services.map((service) => recallService(service, input)));
    recalled += counts.reduce((sum, count) => sum + count, 0);
    ({ cursor } = page);
  } while (cursor !== undefined);
  return recalled;
}

async function recallService(service: string, input: RecallInput): Promise<number> {
  const { detector, journal } = input;
  const { head, newer } = await newestVersions(serviceSubject(service), input);
  const changes = newer.flatMap(changesIn);
  for (const change of changes) detector.recall(writtenState(service, change));
  journal.resume(service, { number: head, changes });
  return changes.length;
}

/** Versions written at `sinceMs` or later, oldest first, and the number of the newest of all. */
async function newestVersions(
  subject: string,
  { store, sinceMs }: RecallInput,
): Promise<{ readonly head: number; readonly newer: readonly Version[] }> {
  const newer: Version[] = [];
  let head = 0;
  let cursor: string | undefined;
  do {
    const page = await store.list({ subject, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    head = Math.max(head, page.versions[0]?.number ?? 0);
    const fresh = page.versions.filter(({ writtenAtMs }) => writtenAtMs >= sinceMs);
    newer.push(...fresh);
    cursor = fresh.length === page.versions.length ? page.cursor : undefined;
  } while (cursor !== undefined && newer.length < MAX_VERSIONS);
  return { head, newer: newer.toReversed() };
}
