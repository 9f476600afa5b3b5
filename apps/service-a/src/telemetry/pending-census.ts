import type { OutboxStore } from '@latido/write-ahead-log';

/** How many events wait for their receipt, and since when the oldest does. */
export interface PendingCensus {
  /** At most the bound of the census: then there are at least so many. */
  readonly count: number;
  /** Since its acceptance or its redrive, milliseconds since 1970; absent when none waits. */
  readonly oldestSinceMs?: number;
}

const PAGE = 100;
/** Index pages a census reads at most: 1,000 entries, about 40 read units. Beyond that the number is alarming enough. */
const MAX_PAGES = 10;

/** Counts pending entries by the status index, those of all replicas together. */
export async function takePendingCensus(
  store: Pick<OutboxStore, 'listByStatus'>,
  service: string,
): Promise<PendingCensus> {
  let count = 0;
  let oldestSinceMs = Infinity;
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await store.listByStatus({
      service,
      status: 'pending',
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    count += page.entries.length;
    for (const { redrivenAtMs, createdAtMs } of page.entries)
      oldestSinceMs = Math.min(oldestSinceMs, redrivenAtMs ?? createdAtMs);
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  return { count, ...(count > 0 && { oldestSinceMs }) };
}
