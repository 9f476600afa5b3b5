import type { CreateTableCommandInput, KeySchemaElement, Projection } from '@aws-sdk/client-dynamodb';
import type { IndexDefinition, KeyAttribute, TableDefinition } from '../core/table-definition';

/**
 * The CreateTable call for a definition, billed on demand.
 *
 * TTL is not part of it: DynamoDB takes that by a call of its own, which embedded stores lack.
 *
 * @param name - the real table name, prefix included.
 * @example
 * await client.send(new CreateTableCommand(createTableInput(definition, 'dev-IdempotencyTable')));
 */
export function createTableInput(table: TableDefinition, name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyAttributesOf(table).map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: keySchemaOf(table),
    ...(table.indexes.length > 0 && {
      GlobalSecondaryIndexes: table.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchemaOf(index),
        Projection: projectionOf(index),
      })),
    }),
  };
}

function keySchemaOf(keyed: {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
}): KeySchemaElement[] {
  return [
    { AttributeName: keyed.partitionKey.name, KeyType: 'HASH' },
    ...(keyed.sortKey ? [{ AttributeName: keyed.sortKey.name, KeyType: 'RANGE' as const }] : []),
  ];
}

/** Every attribute used as a key by the table or an index, once. */
function keyAttributesOf(table: TableDefinition): readonly KeyAttribute[] {
  const attributes = [table, ...table.indexes]
    .flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])
    .filter((attribute) => attribute !== undefined);
  return [...new Map(attributes.map((attribute) => [attribute.name, attribute])).values()];
}

function projectionOf({ projection }: IndexDefinition): Projection {
  if (projection === 'all') return { ProjectionType: 'ALL' };
  if (projection === 'keys') return { ProjectionType: 'KEYS_ONLY' };
  return { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projection] };
}
