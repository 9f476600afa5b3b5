import { readingOf, type VersionReading } from './read-version';
import type { Version, VersionStore } from './version';

/** An instant of one of the two times that a version carries. */
export type Instant =
  | { readonly lamport: number }
  /** Wall time, milliseconds since 1970. */
  | { readonly timeMs: number };

/**
 * Reads the version that was current at an instant: the last one with `clock <= lamport`, or with
 * `writtenAtMs <= timeMs`.
 *
 * Both times never fall from one version to the next, so the search halves the history:
 *
 *     1 ... not after the instant ... | ... after it ... head
 *                              found -^
 *
 * ceil(log2(head)) + 1 single reads; one for an instant at or after the head's.
 *
 * @returns `absent` for an unknown subject and for an instant before its first version; `pruned` when
 *   retention has removed the value of the version that was current.
 */
export async function readAsOf(
  store: VersionStore,
  subject: string,
  instant: Instant,
): Promise<VersionReading> {
  const isAfter = afterTest(instant);
  const head = await store.readHead(subject);
  if (!head) return { outcome: 'absent' };
  if (!isAfter(head)) return readingOf(head);
  const last = await lastNotAfter({ store, subject, belowNumber: head.number, isAfter });
  if (last === 'none') return { outcome: 'absent' };
  if (last) return readingOf(last);
  return prunedOrAbsent(await store.read(subject, 1), isAfter);
}

type IsAfter = (version: Version) => boolean;

function afterTest(instant: Instant): IsAfter {
  return 'lamport' in instant
    ? ({ clock }) => clock > instant.lamport
    : ({ writtenAtMs }) => writtenAtMs > instant.timeMs;
}

/**
 * Halves between 0 and a version known to be after the instant. Retention takes the oldest first, so a
 * number that is not there counts as not after: whatever has a value is above it.
 *
 * @returns the last version that is not after; `undefined` where its tombstone has expired.
 */
async function lastNotAfter(search: {
  readonly store: VersionStore;
  readonly subject: string;
  readonly belowNumber: number;
  readonly isAfter: IsAfter;
}): Promise<Version | 'none' | undefined> {
  let low = 0;
  let high = search.belowNumber;
  let last: Version | 'none' | undefined = 'none';
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const version = await search.store.read(search.subject, middle);
    if (version && search.isAfter(version)) {
      high = middle;
    } else {
      low = middle;
      last = version;
    }
  }
  return last;
}

/** Version 1 never expires: it tells an instant before everything from one in the part that was removed. */
function prunedOrAbsent(first: Version | undefined, isAfter: IsAfter): VersionReading {
  return { outcome: first && isAfter(first) ? 'absent' : 'pruned' };
}
