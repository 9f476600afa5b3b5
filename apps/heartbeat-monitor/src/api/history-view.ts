import type { Version } from '@latido/versioned-value';
import { changesIn } from '../journal/state-change';

/** One version of a service's history as the API shows it. */
export function historyView(version: Version) {
  const { number, writtenAtMs, lamport, requestId, content } = version;
  const value = content.kind === 'value' ? (content.value as Readonly<Record<string, unknown>>) : {};
  return {
    version: number,
    writtenAt: new Date(writtenAtMs).toISOString(),
    lamport,
    requestId,
    ...(content.kind === 'pruned' && { pruned: true }),
    ...value,
    changes: changesIn(version).map(({ atMs, ...change }) => ({
      ...change,
      at: new Date(atMs).toISOString(),
    })),
  };
}
