/** Type of a key attribute: S is a string, N a number. */
type KeyType = 'S' | 'N';

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** A second way to find items. Sparse: an item without the index's key attributes is not in it and costs nothing there. */
export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  /**
   * What the index holds beside its keys and the table's: everything, nothing or the named attributes.
   * A write is billed again for each index, by the size of what is projected.
   */
  readonly projection: 'all' | 'keys' | readonly string[];
}

/** One table as its owner describes it, before any prefix. */
export interface TableDefinition {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly indexes: readonly IndexDefinition[];
  /** Holds seconds since 1970; the store removes an item some time after that, if it has a TTL at all. */
  readonly ttlAttribute?: string;
}

/** Names of the table's own key, partition key first. */
export function keyNamesOf(table: Pick<TableDefinition, 'partitionKey' | 'sortKey'>): readonly string[] {
  return table.sortKey ? [table.partitionKey.name, table.sortKey.name] : [table.partitionKey.name];
}
