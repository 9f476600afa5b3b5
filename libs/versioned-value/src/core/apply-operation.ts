import { mergePatch } from './merge-patch';
import type { StateOperation, VersionContent } from './version';

/** What a version holds as long as retention has not taken it. */
export type LiveContent = Exclude<VersionContent, { readonly kind: 'pruned' }>;

/**
 * The content a subject has after an operation.
 *
 *     put     the value, whatever was there
 *     merge   the value before, patched; a deleted or new subject counts as having none
 *     delete  deleted; twice is no mistake
 *
 * @param previous - content of the version before; absent for the first one.
 * @example
 * applyOperation({ kind: 'value', value: { a: 1 } }, { kind: 'merge', patch: { b: 2 } });
 * // => { kind: 'value', value: { a: 1, b: 2 } }
 */
export function applyOperation(previous: LiveContent | undefined, operation: StateOperation): LiveContent {
  if (operation.kind === 'put') return { kind: 'value', value: operation.value };
  if (operation.kind === 'delete') return { kind: 'deleted' };
  const before = previous?.kind === 'value' ? previous.value : undefined;
  return { kind: 'value', value: mergePatch(before, operation.patch) };
}
