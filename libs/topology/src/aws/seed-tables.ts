import { CreateTableCommand, type DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { createTableInput } from '@latido/persistence/dynamodb';
import type { ResourceNames } from '../core/resource-names';
import type { Topology } from '../core/description';

/** Creates the tables that are not there yet; existing ones are left as they are. */
export async function seedTables(
  client: DynamoDBClient,
  { tables }: Pick<Topology, 'tables'>,
  names: ResourceNames,
): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      try {
        await client.send(new CreateTableCommand(createTableInput(table, names.table(table.name))));
      } catch (error) {
        if (!(error instanceof ResourceInUseException)) throw error;
      }
    }),
  );
}
