import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { keyNamesOf, type TableDefinition } from '@latido/persistence';

/**
 * Lets the refused puts of a client carry the item that refused them: DynamoDB does so when asked for `ALL_OLD`,
 * the embedded store does not, which costs whoever needs the item a read that AWS would not bill.
 *
 * @param options.reader - fetches those items; nobody pays for its reads.
 */
export function giveRefusalsTheirItem(
  client: DynamoDBClient,
  options: {
    readonly reader: DynamoDBClient;
    readonly definitionOf: (tableName: string) => TableDefinition | undefined;
  },
): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        const input = args.input as PutItemCommandInput;
        const definition = options.definitionOf(input.TableName ?? '');
        if (error instanceof ConditionalCheckFailedException && definition)
          error.Item ??= await itemAt(options.reader, input, keyNamesOf(definition));
        throw error;
      }
    },
    { step: 'initialize', priority: 'low', name: 'latidoRefusalsWithItems' },
  );
}

async function itemAt(
  reader: DynamoDBClient,
  { TableName, Item = {} }: PutItemCommandInput,
  keyNames: readonly string[],
): Promise<Record<string, AttributeValue>> {
  const Key = Object.fromEntries(keyNames.map((name) => [name, Item[name]!]));
  return (await reader.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item ?? {};
}
