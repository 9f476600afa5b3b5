import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { createTableInput } from '@latido/persistence/dynamodb';
import type { ResourceNames } from '../core/resource-names';
import type { Topology } from '../core/description';

const LOOK_EVERY_MS = 10;
const ACTIVE_WITHIN_MS = 30_000;

/**
 * Creates the tables that are not there yet, and waits until they take items; existing ones are left as they are.
 * @throws Error when a table is not active after 30 s.
 */
export async function seedTables(
  client: DynamoDBClient,
  { tables }: Pick<Topology, 'tables'>,
  names: ResourceNames,
): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      const name = names.table(table.name);
      try {
        await client.send(new CreateTableCommand(createTableInput(table, name)));
      } catch (error) {
        if (!(error instanceof ResourceInUseException)) throw error;
      }
      await untilActive(client, name);
    }),
  );
}

/** One that was just asked for knows no items yet. */
async function untilActive(client: DynamoDBClient, name: string): Promise<void> {
  const deadline = performance.now() + ACTIVE_WITHIN_MS;
  while (performance.now() < deadline) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(
    `${name} is not active ${ACTIVE_WITHIN_MS / 1_000} s after it was created: look at the table`,
  );
}
