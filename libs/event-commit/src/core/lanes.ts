import type { Operation } from './operation';

/**
 * Sorts the operations of a batch into lanes: lanes run in parallel, the operations of one lane one after the other.
 *
 * A lane is a subject, because the second event of a subject builds on the version of the first.
 * Where one id comes twice (copies are folded before, so with two fingerprints) the whole batch is
 * one lane: the first to arrive must have its claim before the impostor asks for one, whatever its
 * subject. That is rare and somebody's mistake, so it may be slow.
 */
export function lanesOf<T extends Operation>(operations: readonly T[]): readonly (readonly T[])[] {
  const ids = new Set(operations.map(({ event }) => event.id));
  return ids.size < operations.length ? [operations] : bySubject(operations);
}

function bySubject<T extends Operation>(operations: readonly T[]): readonly (readonly T[])[] {
  const lanes = new Map<string, T[]>();
  for (const operation of operations) {
    const lane = lanes.get(operation.event.subject);
    if (lane) lane.push(operation);
    else lanes.set(operation.event.subject, [operation]);
  }
  return [...lanes.values()];
}
