import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type IndexDefinition, keyNamesOf, type TableDefinition } from '@latido/persistence';

type Item = Record<string, AttributeValue>;

/**
 * Brings the indexes of a table in line with its items again.
 *
 * dynalite writes an index and the item it belongs to in steps of their own: first the old place goes, then the new one comes,
 * then the item. A kill -9 in between leaves an item that no list shows, or a place in a list that is no item's. DynamoDB
 * knows no such state, so nobody above could mend it.
 *
 * @param tableName - the real name, prefix included.
 * @returns how many items were written again.
 */
export async function repairIndexes(
  client: DynamoDBClient,
  table: TableDefinition,
  tableName: string,
): Promise<number> {
  let repaired = 0;
  for (const index of table.indexes) {
    const items = await scanned(client, table, { TableName: tableName });
    const places = await scanned(client, table, { TableName: tableName, IndexName: index.name });
    for (const key of new Set([...items.keys(), ...places.keys()])) {
      const item = items.get(key)?.[0];
      const wrong = (places.get(key) ?? []).filter((place) => !isPlaceOf(index, place, item));
      const isMissing = item !== undefined && hasPlace(index, item) && !places.has(key);
      if (wrong.length === 0 && !isMissing) continue;
      await writeAgain(client, { table, tableName, item, wrong });
      repaired += 1;
    }
  }
  return repaired;
}

/** To leave a place, an item has to have been there. */
async function writeAgain(
  client: DynamoDBClient,
  torn: {
    readonly table: TableDefinition;
    readonly tableName: string;
    readonly item: Item | undefined;
    readonly wrong: readonly Item[];
  },
): Promise<void> {
  const { table, tableName: TableName, item, wrong } = torn;
  for (const place of wrong) {
    await client.send(new PutItemCommand({ TableName, Item: { ...item, ...place } }));
    if (item === undefined)
      await client.send(new DeleteItemCommand({ TableName, Key: picked(place, keyNamesOf(table)) }));
  }
  if (item !== undefined) await client.send(new PutItemCommand({ TableName, Item: item }));
}

/** Everything in a table or index by the key of its item; a torn index can have two places for one. */
async function scanned(
  client: DynamoDBClient,
  table: TableDefinition,
  source: { readonly TableName: string; readonly IndexName?: string },
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const found = new Map<string, Item[]>();
  for await (const { Items = [] } of paginateScan({ client }, source))
    for (const item of Items) {
      const key = JSON.stringify(picked(item, keyNamesOf(table)));
      found.set(key, [...(found.get(key) ?? []), item]);
    }
  return found;
}

function isPlaceOf(index: IndexDefinition, place: Item, item: Item | undefined): boolean {
  const names = keyNamesOf(index);
  return item !== undefined && JSON.stringify(picked(place, names)) === JSON.stringify(picked(item, names));
}

function hasPlace(index: IndexDefinition, item: Item): boolean {
  return keyNamesOf(index).every((name) => item[name] !== undefined);
}

function picked(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
}
