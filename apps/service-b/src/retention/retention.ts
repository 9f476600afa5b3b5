import type { VersionedValue } from '@latido/versioned-value';

export interface RetentionOptions {
  /** Newest versions of each subject that keep their value. */
  readonly keep: number;
  /** How long a key must still answer after its value has gone: the dedup horizon. */
  readonly horizonMs: number;
}

/** What one walk over all subjects did. */
export interface RetentionReport {
  readonly subjects: number;
  readonly pruned: number;
}

/** Subjects read at a time. */
const PAGE_SIZE = 100;

/**
 * Removes old values of every subject: all but the newest `keep` versions become tombstones.
 *
 * A walk that fails half way is repeated from the beginning by the next one, which passes over what is done. Two
 * replicas that walk at once do no harm.
 */
export async function pruneAll(
  values: Pick<VersionedValue, 'subjects' | 'prune'>,
  options: RetentionOptions,
): Promise<RetentionReport> {
  let subjects = 0;
  let pruned = 0;
  let cursor: string | undefined;
  do {
    const page = await values.subjects({ limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });
    for (const subject of page.subjects) pruned += await pruneOne(values, subject, options);
    subjects += page.subjects.length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { subjects, pruned };
}

/** One subject, in as many bounded runs as it takes. */
async function pruneOne(
  values: Pick<VersionedValue, 'prune'>,
  subject: string,
  options: RetentionOptions,
): Promise<number> {
  let pruned = 0;
  let more = true;
  while (more) {
    const run = await values.prune({ subject, ...options });
    pruned += run.pruned;
    ({ more } = run);
  }
  return pruned;
}
