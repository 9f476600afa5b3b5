import {
  CreateTableCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { connectEmbeddedAws, uniquePrefix } from '@latido/testing';
import type { TableDefinition } from '../core/table-definition';
import { BillingMeter } from './billing-meter';
import { type CapacityUse, observeCapacity } from './capacity-observer';
import { createTableInput } from './create-table-input';

const definition: TableDefinition = {
  name: 'T',
  partitionKey: { name: 'id', type: 'S' },
  indexes: [
    {
      name: 'ByStatus',
      partitionKey: { name: 'status', type: 'S' },
      sortKey: { name: 'at', type: 'N' },
      projection: 'all',
    },
  ],
};

const item = (id: string, bodyBytes: number, more: Record<string, { S: string } | { N: string }> = {}) => ({
  id: { S: id },
  body: { S: 'b'.repeat(bodyBytes) },
  ...more,
});

describe('metering', () => {
  const aws = connectEmbeddedAws();
  const name = `${uniquePrefix()}-T`;
  const meter = new BillingMeter([{ name, definition }]);
  const uses: CapacityUse[] = [];

  beforeAll(async () => {
    await aws.dynamodb.send(new CreateTableCommand(createTableInput(definition, name)));
    meter.attach(aws.dynamodb);
  });
  beforeEach(() => {
    meter.reset();
    uses.length = 0;
  });
  afterAll(() => aws.close());

  /** Sends a write and gives the units the emulator says it took. */
  async function put(Item: ReturnType<typeof item>): Promise<number | undefined> {
    const { ConsumedCapacity } = await aws.dynamodb.send(
      new PutItemCommand({ TableName: name, Item, ReturnConsumedCapacity: 'TOTAL' }),
    );
    return ConsumedCapacity?.CapacityUnits;
  }

  test.each([1, 900, 1013, 1014, 1015, 1016, 1017, 1018, 1019, 1020, 2048, 5000])(
    'charges a put of a %i byte body like the emulator says',
    async (bodyBytes) => {
      const reported = await put(item(`size-${bodyBytes}`, bodyBytes));
      expect(meter.total().writeUnits).toBe(reported);
    },
  );

  test('charges an overwrite by the larger item, like the emulator says', async () => {
    await put(item('shrinks', 3000));
    meter.reset();
    expect(await put(item('shrinks', 1))).toBe(3);
    expect(meter.total().writeUnits).toBe(3);
  });

  test.each([1, 4000, 4090, 5000])(
    'charges reads of a %i byte body like the emulator says, strong and eventual',
    async (bodyBytes) => {
      await put(item(`read-${bodyBytes}`, bodyBytes));
      for (const ConsistentRead of [true, false]) {
        meter.reset();
        const { ConsumedCapacity } = await aws.dynamodb.send(
          new GetItemCommand({
            TableName: name,
            Key: { id: { S: `read-${bodyBytes}` } },
            ConsistentRead,
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        expect(meter.total().readUnits).toBe(ConsumedCapacity?.CapacityUnits);
      }
    },
  );

  test('charges a query once for all it gives, like the emulator says', async () => {
    for (const at of [1, 2, 3])
      await put(item(`query-${at}`, 2000, { status: { S: 'query' }, at: { N: String(at) } }));
    meter.reset();
    const { ConsumedCapacity, Count } = await aws.dynamodb.send(
      new QueryCommand({
        TableName: name,
        IndexName: 'ByStatus',
        KeyConditionExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': { S: 'query' } },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    expect(Count).toBe(3);
    expect(meter.total().readUnits).toBe(ConsumedCapacity?.CapacityUnits);
    expect(meter.total().readUnits).toBe(1);
  });

  test('charges an update by the larger item, like the emulator says', async () => {
    await put(item('grows', 1));
    meter.reset();
    const { ConsumedCapacity } = await aws.dynamodb.send(
      new UpdateItemCommand({
        TableName: name,
        Key: { id: { S: 'grows' } },
        UpdateExpression: 'SET body = :body',
        ExpressionAttributeValues: { ':body': { S: 'b'.repeat(3000) } },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    expect(ConsumedCapacity?.CapacityUnits).toBe(3);
    expect(meter.total()).toMatchObject({ calls: 1, writeUnits: 3, readUnits: 0 });
  });

  test('charges a refused put by the item that refused it, which the emulator does not report', async () => {
    await put(item('refuses', 1500));
    meter.reset();
    const refused = aws.dynamodb.send(
      new PutItemCommand({
        TableName: name,
        Item: item('refuses', 1),
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    );
    await expect(refused).rejects.toThrow('conditional');
    expect(meter.total()).toMatchObject({ calls: 1, refusals: 1, writeUnits: 2, indexWriteUnits: 0 });
  });

  test('charges index writes, which the emulator does not report', async () => {
    await put(item('indexed', 1, { status: { S: 'pending' }, at: { N: '1' } }));
    expect(meter.total()).toMatchObject({ writeUnits: 1, indexWriteUnits: 1 });
    await put(item('indexed', 1, { status: { S: 'complete' }, at: { N: '1' } }));
    expect(meter.total()).toMatchObject({ writeUnits: 2, indexWriteUnits: 3 });
    await aws.dynamodb.send(new DeleteItemCommand({ TableName: name, Key: { id: { S: 'indexed' } } }));
    expect(meter.total()).toMatchObject({ writeUnits: 3, indexWriteUnits: 4 });
  });

  test('refuses to let an operation without a rule pass for free', async () => {
    await expect(aws.dynamodb.send(new ScanCommand({ TableName: name }))).rejects.toThrow('no rule for Scan');
  });

  test('tells an observer what the store reports, refusals included', async () => {
    const observed = connectEmbeddedAws();
    observeCapacity(observed.dynamodb, (use) => uses.push(use));
    const once = new PutItemCommand({
      TableName: name,
      Item: item('observed', 1500),
      ConditionExpression: 'attribute_not_exists(id)',
    });
    await observed.dynamodb.send(once);
    await observed.dynamodb.send(once).catch(() => undefined);
    await observed.dynamodb.send(
      new GetItemCommand({ TableName: name, Key: { id: { S: 'observed' } }, ConsistentRead: true }),
    );
    observed.close();
    expect(uses).toEqual([
      { table: name, operation: 'PutItem', writeUnits: 2, readUnits: 0, refused: false },
      { table: name, operation: 'PutItem', writeUnits: 1, readUnits: 0, refused: true },
      { table: name, operation: 'GetItem', writeUnits: 0, readUnits: 1, refused: false },
    ]);
  });
});
