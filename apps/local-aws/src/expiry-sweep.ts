import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { keyNamesOf, type TableDefinition } from '@latido/persistence';

/**
 * Deletes the items of a table whose time has come, as DynamoDB's TTL does; dynalite has none.
 *
 * An item is deleted only if it is still expired at that moment.
 *
 * @param tableName - the real name, prefix included.
 * @param nowEpochSeconds - items with an expiry before this go.
 * @returns how many were deleted.
 */
export async function sweepExpired(
  client: DynamoDBClient,
  table: TableDefinition,
  { tableName, nowEpochSeconds }: { readonly tableName: string; readonly nowEpochSeconds: number },
): Promise<number> {
  if (table.ttlAttribute === undefined) return 0;
  const expired = {
    TableName: tableName,
    ExpressionAttributeNames: { '#ttl': table.ttlAttribute },
    ExpressionAttributeValues: { ':now': { N: String(nowEpochSeconds) } },
  };
  let deleted = 0;
  for await (const { Items = [] } of paginateScan(
    { client },
    { ...expired, FilterExpression: '#ttl < :now' },
  )) {
    for (const item of Items) {
      const key = Object.fromEntries(
        keyNamesOf(table).flatMap((name) => (item[name] ? [[name, item[name]]] : [])),
      );
      try {
        await client.send(
          new DeleteItemCommand({ ...expired, Key: key, ConditionExpression: '#ttl < :now' }),
        );
        deleted += 1;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    }
  }
  return deleted;
}
