/** The part of dynalite that is used here; it brings no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** LevelDB directory; absent: in memory. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  export default function dynalite(options?: DynaliteOptions): Server;
}

/** The store beneath the server, for tests that damage it. */
declare module 'dynalite/db' {
  import type { AttributeValue, KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';

  type Item = Record<string, AttributeValue>;
  type Done = (error?: Error | null) => void;

  interface SubStore {
    readonly put: (key: string, value: Item, done: Done) => void;
    readonly del: (key: string, done: Done) => void;
  }

  interface Store {
    getIndexDb(indexType: 'global', tableName: string, indexName: string): SubStore;
    readonly db: { close(): Promise<void> };
  }

  export function create(options: { readonly path: string }): Store;
  export function createIndexKey(item: Item, table: TableDescription, index: KeySchemaElement[]): string;
}
