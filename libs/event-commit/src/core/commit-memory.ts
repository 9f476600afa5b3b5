import type { CommitOptions } from './commit-options';
import { HeadCache } from './head-cache';
import { RecentConflicts } from './recent-conflicts';
import { SeenWindow } from './seen-window';

/**
 * What a process remembers between batches. All of it may be lost at any moment: it saves reads, it decides nothing.
 *
 * The pollers of one process share one, so that each sees what the others wrote.
 */
export interface CommitMemory {
  readonly heads: HeadCache;
  readonly seen: SeenWindow;
  readonly conflicts: RecentConflicts;
}

/** An empty memory within the bounds of the options. */
export function createCommitMemory(options: CommitOptions): CommitMemory {
  return {
    heads: new HeadCache({
      maxHeads: options.maxCachedHeads,
      maxCharacters: options.maxCachedCharacters,
      maxAgeMs: options.headMaxAgeMs,
    }),
    seen: new SeenWindow(options.maxSeenEvents),
    conflicts: new RecentConflicts({
      maxSubjects: options.maxCachedHeads,
      memoryMs: options.conflictMemoryMs,
    }),
  };
}
