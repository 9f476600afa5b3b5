import {
  ConditionalCheckFailedException,
  type ConsumedCapacity,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { writeUnits } from '../core/capacity';
import { itemSizeBytes } from '../core/item-size';

/** What the store says one call took. */
export interface CapacityUse {
  readonly table: string;
  /** `PutItem`, `GetItem`, `Query`, ... */
  readonly operation: string;
  /** Indexes included, where the store reports them. */
  readonly writeUnits: number;
  readonly readUnits: number;
  /** True for a conditional write that was refused. It costs nevertheless. */
  readonly refused: boolean;
}

const READS: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan']);
const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/**
 * Tells an observer what every call of a client takes, as the store reports it: for metrics.
 *
 * A refusal reports no units; it is counted by the item that came with it, or as one unit.
 * Calls that fail otherwise, and batches and transactions, are not observed.
 *
 * @param observe - must not throw; it runs inside the call.
 * @example
 * observeCapacity(client, ({ table, writeUnits }) => counter.inc({ table }, writeUnits));
 */
export function observeCapacity(client: DynamoDBClient, observe: (use: CapacityUse) => void): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = (context.commandName ?? '').replace(/Command$/, '');
      const table = tableOf(args.input);
      const observed = READS.has(operation) || WRITES.has(operation);
      if (table === undefined || !observed) return next(args);
      const report = (units: number, refused: boolean): void =>
        observe({
          table,
          operation,
          refused,
          writeUnits: READS.has(operation) ? 0 : units,
          readUnits: READS.has(operation) ? units : 0,
        });
      try {
        const result = await next({ ...args, input: { ReturnConsumedCapacity: 'TOTAL', ...args.input } });
        const units = consumedBy(result.output);
        if (units !== undefined) report(units, false);
        return result;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException)
          report(error.Item ? writeUnits(itemSizeBytes(error.Item)) : 1, true);
        throw error;
      }
    },
    { step: 'initialize', name: 'latidoCapacityObserver' },
  );
}

function tableOf(input: object): string | undefined {
  return 'TableName' in input && typeof input.TableName === 'string' ? input.TableName : undefined;
}

function consumedBy(output: object): number | undefined {
  return 'ConsumedCapacity' in output
    ? (output.ConsumedCapacity as ConsumedCapacity | undefined)?.CapacityUnits
    : undefined;
}
