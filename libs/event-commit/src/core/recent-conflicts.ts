import { BoundedMemory } from './bounded-memory';

/**
 * Subjects that lost a slot to somebody else a short while ago.
 *
 * Another replica is writing them too, so the cached head is likely stale: reading the head before
 * the claim costs a fifth of a claim at the wrong number.
 */
export class RecentConflicts {
  private readonly lastConflictMs: BoundedMemory<number>;

  constructor(private readonly options: { readonly maxSubjects: number; readonly memoryMs: number }) {
    this.lastConflictMs = new BoundedMemory({ maxEntries: options.maxSubjects });
  }

  note(subject: string, nowMs: number): void {
    this.lastConflictMs.set(subject, nowMs);
  }

  /** Whether the last conflict is younger than `memoryMs`. */
  has(subject: string, nowMs: number): boolean {
    const lastMs = this.lastConflictMs.get(subject);
    return lastMs !== undefined && nowMs - lastMs < this.options.memoryMs;
  }
}
