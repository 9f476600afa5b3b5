import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { toPersistenceError } from './error-mapping';

/** A table row as plain JavaScript: strings, numbers, booleans, null, arrays and maps. */
export type Item = Record<string, unknown>;

/** A DynamoDB condition with its placeholders, e.g. `{ expression: '#t = :t', names: { '#t': 'token' }, values: { ':t': 'x' } }`. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** What became of a conditional write. `item` is what was there instead; absent when the key holds nothing. */
export type WriteResult =
  { readonly outcome: 'stored' } | { readonly outcome: 'refused'; readonly item?: Item };

/** Strong reads see every acknowledged write and cost twice an eventual one. */
export type Consistency = 'strong' | 'eventual';

export interface QueryRequest {
  readonly key: Condition;
  readonly index?: string;
  readonly limit: number;
  readonly descending?: boolean;
  readonly consistency?: Consistency;
  /** Key of the last item of the page before, as given back by that page. */
  readonly startAfter?: Item;
}

export interface QueryPage {
  readonly items: readonly Item[];
  /** Present when there may be more: pass it as `startAfter`. */
  readonly lastKey?: Item;
}

/**
 * One DynamoDB table, in the few operations the pattern libraries need, with refusals as values
 * and every other failure as a PersistenceError.
 *
 * A refused write answers with the item that refused it. Stores that do not hand it out on a
 * refused condition (embedded ones) are asked by one strong read.
 */
export class DynamoTable {
  constructor(
    private readonly client: DynamoDBClient,
    readonly name: string,
    private readonly keyNames: readonly string[],
  ) {}

  /** Puts a whole item, if the condition holds. One trip; a second one only after a refusal without its item. */
  async put(item: Item, condition?: Condition): Promise<WriteResult> {
    return this.conditionally(this.keyOf(item), () =>
      this.client.send(
        new PutItemCommand({
          TableName: this.name,
          Item: marshall(item, { removeUndefinedValues: true }),
          ReturnConsumedCapacity: 'TOTAL',
          ...(condition && {
            ...expressionOf(condition),
            ConditionExpression: condition.expression,
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        }),
      ),
    );
  }

  /** Puts an item whose key must not exist yet; what is there instead comes back with the refusal. */
  async putIfAbsent(item: Item): Promise<WriteResult> {
    return this.put(item, {
      expression: 'attribute_not_exists(#key)',
      names: { '#key': this.keyNames[0] ?? '' },
    });
  }

  /**
   * Runs an update expression and answers the whole item before or after it.
   * @returns the item asked for; `undefined` when the condition refused, or nothing was there before.
   */
  async update(request: {
    readonly key: Item;
    readonly update: Condition;
    readonly condition?: string;
    readonly answer: 'before' | 'after';
  }): Promise<Item | undefined> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateItemCommand({
          TableName: this.name,
          Key: marshall(request.key),
          UpdateExpression: request.update.expression,
          ...expressionOf(request.update),
          ...(request.condition !== undefined && { ConditionExpression: request.condition }),
          ReturnValues: request.answer === 'before' ? 'ALL_OLD' : 'ALL_NEW',
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      return Attributes && unmarshall(Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw toPersistenceError(this.name, error);
    }
  }

  async get(key: Item, consistency: Consistency): Promise<Item | undefined> {
    const { Item: item } = await this.attempt(() =>
      this.client.send(
        new GetItemCommand({
          TableName: this.name,
          Key: marshall(key),
          ConsistentRead: consistency === 'strong',
          ReturnConsumedCapacity: 'TOTAL',
        }),
      ),
    );
    return item && unmarshall(item);
  }

  async query(request: QueryRequest): Promise<QueryPage> {
    const input: QueryCommandInput = {
      TableName: this.name,
      ...(request.index !== undefined && { IndexName: request.index }),
      KeyConditionExpression: request.key.expression,
      ...expressionOf(request.key),
      Limit: request.limit,
      ScanIndexForward: !(request.descending ?? false),
      ConsistentRead: request.consistency === 'strong',
      ReturnConsumedCapacity: 'TOTAL',
      ...(request.startAfter && { ExclusiveStartKey: marshall(request.startAfter) }),
    };
    const { Items, LastEvaluatedKey } = await this.attempt(() => this.client.send(new QueryCommand(input)));
    return {
      items: (Items ?? []).map((item) => unmarshall(item)),
      ...(LastEvaluatedKey && { lastKey: unmarshall(LastEvaluatedKey) }),
    };
  }

  private keyOf(item: Item): Item {
    return Object.fromEntries(this.keyNames.map((name) => [name, item[name]]));
  }

  private async conditionally(key: Item, write: () => Promise<unknown>): Promise<WriteResult> {
    try {
      await write();
      return { outcome: 'stored' };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw toPersistenceError(this.name, error);
      const item = error.Item ? unmarshall(error.Item) : await this.get(key, 'strong');
      return item ? { outcome: 'refused', item } : { outcome: 'refused' };
    }
  }

  private async attempt<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw toPersistenceError(this.name, error);
    }
  }
}

function expressionOf(condition: Condition): {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
} {
  return {
    ...(condition.names && { ExpressionAttributeNames: { ...condition.names } }),
    ...(condition.values && { ExpressionAttributeValues: marshall(condition.values) }),
  };
}
