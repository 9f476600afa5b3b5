import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DeleteItemCommandInput,
  type DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  type GetItemCommandOutput,
  type PutItemCommandInput,
  type QueryCommandInput,
  type QueryCommandOutput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { Bill, type BillLine, type BillTotal, type Charge } from '../core/bill';
import { indexWriteUnits, type ItemChange, readUnits, tableWriteUnits } from '../core/capacity';
import { itemSizeBytes, type TypedItem } from '../core/item-size';
import { keyNamesOf, type TableDefinition } from '../core/table-definition';

type Key = Record<string, AttributeValue>;
type WriteInput = PutItemCommandInput | UpdateItemCommandInput | DeleteItemCommandInput;

/** Marks the meter's own reads, which nobody pays for. */
const UNMETERED = Symbol('unmetered');

/** Operations the meter has rules for; others on its tables are an error, so that no cost stays unseen. */
const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/**
 * Charges what DynamoDB would charge for the calls of its clients, refusals and index writes
 * included, which embedded stores do not meter.
 *
 * For measuring only: it reads each item before and after a write, by reads of its own that it does
 * not charge, so it is slow; and where two writers race for one item, its reading may be one write old.
 *
 * @example
 * const meter = new BillingMeter([{ name: names.table('IdempotencyTable'), definition }]);
 * meter.attach(client);
 * // ... work ...
 * meter.total().writeUnits;
 */
export class BillingMeter {
  private readonly bill = new Bill();
  private readonly definitionByName: ReadonlyMap<string, TableDefinition>;

  constructor(tables: readonly { readonly name: string; readonly definition: TableDefinition }[]) {
    this.definitionByName = new Map(tables.map(({ name, definition }) => [name, definition]));
  }

  /**
   * From now on charges every call of this client; several clients may share a meter.
   *
   * @param reader - makes the meter's own reads; give another one where something else counts the client's calls.
   */
  attach(client: DynamoDBClient, reader: DynamoDBClient = client): void {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const operation = (context.commandName ?? '').replace(/Command$/, '');
        const table = tableNameOf(args.input);
        const definition = this.definitionByName.get(table);
        if (definition === undefined || UNMETERED in args.input) return next(args);
        const charge = (price: Charge): void => this.bill.add({ table, operation }, price);
        if (WRITES.has(operation)) {
          const input = args.input as WriteInput;
          return this.chargeWrite({ reader, definition, input, charge, write: () => next(args) });
        }
        const price = priceOfRead(operation);
        const result = await next(args);
        charge(price(args.input, result.output));
        return result;
      },
      { step: 'initialize', name: 'latidoBillingMeter' },
    );
  }

  /** One line a table and operation, in the order of their first call. */
  lines(): readonly BillLine[] {
    return this.bill.lines();
  }

  /** The sum of all lines, or of those the filter accepts. */
  total(accepts?: (line: BillLine) => boolean): BillTotal {
    return this.bill.total(accepts);
  }

  reset(): void {
    this.bill.clear();
  }

  private async chargeWrite<T>({
    reader,
    definition,
    input,
    charge,
    write,
  }: {
    readonly reader: DynamoDBClient;
    readonly definition: TableDefinition;
    readonly input: WriteInput;
    readonly charge: (price: Charge) => void;
    readonly write: () => Promise<T>;
  }): Promise<T> {
    const read = (): Promise<TypedItem | undefined> => readUnmetered(reader, input, keyOf(definition, input));
    const before = await read();
    try {
      const result = await write();
      charge(priceOfWrite(definition, { before, after: 'Item' in input ? input.Item : await read() }));
      return result;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException)
        charge({ refusals: 1, writeUnits: tableWriteUnits({ before: error.Item ?? (await read()) }) });
      throw error;
    }
  }
}

function priceOfWrite(definition: TableDefinition, change: ItemChange): Charge {
  return {
    writeUnits: tableWriteUnits(change),
    indexWriteUnits: definition.indexes.reduce(
      (sum, index) => sum + indexWriteUnits(definition, index, change),
      0,
    ),
  };
}

function priceOfRead(operation: string): (input: object, output: object) => Charge {
  if (operation === 'GetItem')
    return (input: GetItemCommandInput | object, output: Partial<GetItemCommandOutput>) =>
      chargeRead(input, output.Item ? [output.Item] : []);
  if (operation === 'Query')
    return (input, output: Partial<QueryCommandOutput>) => {
      const { FilterExpression, ProjectionExpression } = input as QueryCommandInput;
      if (FilterExpression !== undefined || ProjectionExpression !== undefined)
        throw new Error(
          'the billing meter cannot price a query that filters or projects: it reads more than it gives',
        );
      return chargeRead(input, output.Items ?? []);
    };
  throw new Error(`the billing meter has no rule for ${operation}`);
}

function chargeRead(input: object, items: readonly TypedItem[]): Charge {
  const strong = 'ConsistentRead' in input && input.ConsistentRead === true;
  const sizeBytes = items.reduce((sum, item) => sum + itemSizeBytes(item), 0);
  return { readUnits: readUnits({ sizeBytes, consistency: strong ? 'strong' : 'eventual' }) };
}

async function readUnmetered(
  client: DynamoDBClient,
  { TableName }: WriteInput,
  Key: Key,
): Promise<TypedItem | undefined> {
  const read = new GetItemCommand({ TableName, Key, ConsistentRead: true });
  Object.assign(read.input, { [UNMETERED]: true });
  return (await client.send(read)).Item;
}

function keyOf(definition: TableDefinition, input: WriteInput): Key {
  if ('Key' in input) return input.Key ?? {};
  const { Item = {} } = input;
  return Object.fromEntries(
    keyNamesOf(definition).flatMap((name) => (Item[name] ? [[name, Item[name]]] : [])),
  );
}

function tableNameOf(input: object): string {
  return 'TableName' in input ? String(input.TableName) : '';
}
