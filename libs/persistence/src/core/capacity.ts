import { itemSizeBytes, type TypedItem } from './item-size';
import { type IndexDefinition, keyNamesOf, type TableDefinition } from './table-definition';

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** What an item was before a write and is after it; absent where there is none. */
export interface ItemChange {
  readonly before?: TypedItem | undefined;
  readonly after?: TypedItem | undefined;
}

/** One unit for each started KB, and one for nothing at all. */
export function writeUnits(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / WRITE_UNIT_BYTES));
}

/**
 * One unit for each started 4 KB read strongly, half of one read eventually; a miss costs like 4 KB.
 * A query is charged once for the sum of what it read, not for each item.
 */
export function readUnits(read: {
  readonly sizeBytes: number;
  readonly consistency: 'strong' | 'eventual';
}): number {
  const blocks = Math.max(1, Math.ceil(read.sizeBytes / READ_UNIT_BYTES));
  return read.consistency === 'strong' ? blocks : blocks / 2;
}

/**
 * Units the table itself takes for a put, update or delete: by the larger of the item before and after.
 * A refused conditional write is a change without `after`: it is charged by what refused it.
 */
export function tableWriteUnits({ before, after }: ItemChange): number {
  return writeUnits(Math.max(sizeOf(before), sizeOf(after)));
}

/**
 * Units an index takes for the same change.
 *
 * | entry before | entry after | units |
 * |---|---|---|
 * | absent | absent | 0 |
 * | absent | present | its size |
 * | present | absent | its size |
 * | present | same | 0 |
 * | present | same keys, other attributes | the larger size |
 * | present | other keys | both: one is deleted, one put |
 *
 * @see AWS, DynamoDB Developer Guide, "Using Global Secondary Indexes", section on write capacity units.
 */
export function indexWriteUnits(
  table: Pick<TableDefinition, 'partitionKey' | 'sortKey'>,
  index: IndexDefinition,
  change: ItemChange,
): number {
  const before = indexEntry(table, index, change.before);
  const after = indexEntry(table, index, change.after);
  if (before === undefined || after === undefined) {
    const only = before ?? after;
    return only === undefined ? 0 : writeUnits(itemSizeBytes(only));
  }
  if (same(before, after, Object.keys({ ...before, ...after }))) return 0;
  if (!same(before, after, keyNamesOf(index)))
    return writeUnits(itemSizeBytes(before)) + writeUnits(itemSizeBytes(after));
  return tableWriteUnits({ before, after });
}

/** What an index holds of an item: nothing unless the item has all of the index's key attributes. */
export function indexEntry(
  table: Pick<TableDefinition, 'partitionKey' | 'sortKey'>,
  index: IndexDefinition,
  item: TypedItem | undefined,
): TypedItem | undefined {
  if (item === undefined || keyNamesOf(index).some((name) => item[name] === undefined)) return undefined;
  if (index.projection === 'all') return item;
  const named = index.projection === 'keys' ? [] : index.projection;
  const kept = new Set([...keyNamesOf(table), ...keyNamesOf(index), ...named]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)));
}

function sizeOf(item: TypedItem | undefined): number {
  return item === undefined ? 0 : itemSizeBytes(item);
}

function same(one: TypedItem, other: TypedItem, names: readonly string[]): boolean {
  return names.every((name) => canonical(one[name]) === canonical(other[name]));
}

/** Equal values give equal text, whatever the order of map members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
