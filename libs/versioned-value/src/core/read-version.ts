import type { LiveContent } from './apply-operation';
import type { Version, VersionStore } from './version';

/** A version that still has its content. */
type LiveVersion = Version & { readonly content: LiveContent };

/** What a read of the past found. */
export type VersionReading =
  | { readonly outcome: 'found'; readonly version: LiveVersion }
  /** It existed; retention has removed its value (410). */
  | { readonly outcome: 'pruned' }
  /** There never was one (404). */
  | { readonly outcome: 'absent' };

/** Tells a version that is there from one whose value retention has removed. */
export function readingOf(version: Version): VersionReading {
  const { content } = version;
  return content.kind === 'pruned'
    ? { outcome: 'pruned' }
    : { outcome: 'found', version: { ...version, content } };
}

/**
 * Reads one version by its number. One trip; a second one only for a number that is not there, to
 * tell an expired tombstone (below the head) from a version that never was.
 */
export async function readVersion(
  store: VersionStore,
  subject: string,
  number: number,
): Promise<VersionReading> {
  if (!Number.isSafeInteger(number) || number < 1) return { outcome: 'absent' };
  const version = await store.read(subject, number);
  if (version) return readingOf(version);
  const head = await store.readHead(subject);
  return { outcome: head && number < head.number ? 'pruned' : 'absent' };
}
