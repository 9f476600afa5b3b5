import type { Version } from './version';

const DAY_SECONDS = 24 * 60 * 60;

/**
 * What retention leaves of a version: everything but its value, so that the key and the request id
 * still answer inside the dedup horizon.
 *
 * Version 1 never expires: it lists the subject and tells where the history began. The others expire
 * one horizon and one day from now, rounded up.
 */
export function tombstoneOf(
  version: Version,
  time: { readonly nowMs: number; readonly horizonMs: number },
): Version {
  const tombstone: Version = { ...version, content: { kind: 'pruned' } };
  if (version.number === 1) return tombstone;
  const expiresAtEpochSeconds = Math.ceil((time.nowMs + time.horizonMs) / 1000) + DAY_SECONDS;
  return { ...tombstone, expiresAtEpochSeconds };
}
