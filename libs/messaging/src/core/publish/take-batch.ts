/** What a broker takes in one call. */
export const MAX_BATCH_ENTRIES = 10;
export const MAX_BATCH_BYTES = 262_144;

/** What is needed of an entry to place it in a batch. */
export interface BatchEntry {
  readonly bytes: number;
  /** Ordering group; entries without one are never held back. */
  readonly groupId?: string | undefined;
}

/**
 * Splits waiting entries into the next batch and the rest, both in the order they came.
 *
 * An entry that is too large even alone goes alone: the broker shall say so.
 * With `oneOfAGroup`, no two entries of a group share a batch: when the broker takes the second and refuses
 * the first, their order is lost.
 */
export function takeBatch<E extends BatchEntry>(
  waiting: readonly E[],
  rule: { readonly oneOfAGroup: boolean },
): { readonly batch: readonly E[]; readonly rest: E[] } {
  const batch: E[] = [];
  const rest: E[] = [];
  const groups = new Set<string>();
  let bytes = 0;
  for (const [i, entry] of waiting.entries()) {
    if (batch.length === MAX_BATCH_ENTRIES) return { batch, rest: [...rest, ...waiting.slice(i)] };
    const held = rule.oneOfAGroup && entry.groupId !== undefined && groups.has(entry.groupId);
    // The group is marked for what stays behind too: a later, smaller entry of it must not overtake.
    if (entry.groupId !== undefined) groups.add(entry.groupId);
    const tooMuch = batch.length > 0 && bytes + entry.bytes > MAX_BATCH_BYTES;
    if (held || tooMuch) {
      rest.push(entry);
    } else {
      batch.push(entry);
      bytes += entry.bytes;
    }
  }
  return { batch, rest };
}
