import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toPersistenceError } from './error-mapping';

/**
 * Looks whether tables exist and may be used, for a start that says everything that is wrong at once.
 *
 * @param names - real names, prefix included.
 * @returns one sentence with the fix for each table that cannot be used; none when all is well.
 * @example
 * await checkTables(client, ['dev-VersionedState']);
 * // => ['table dev-VersionedState: ResourceNotFoundException: ...; create it (...)']
 */
export async function checkTables(
  client: DynamoDBClient,
  names: readonly string[],
): Promise<readonly string[]> {
  const problems = await Promise.all(names.map((name) => problemOf(client, name)));
  return problems.filter((problem) => problem !== undefined);
}

async function problemOf(client: DynamoDBClient, name: string): Promise<string | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    const status = Table?.TableStatus ?? 'unknown';
    if (status === 'ACTIVE' || status === 'UPDATING') return undefined;
    return `table ${name}: it is ${status}; wait until it is ACTIVE`;
  } catch (error) {
    return toPersistenceError(name, error).message;
  }
}
