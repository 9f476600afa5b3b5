import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { connectEmbeddedAws, uniquePrefix } from '@latido/testing';
import { createTableInput } from './create-table-input';
import { DynamoTable } from './dynamo-table';

describe('DynamoTable', () => {
  const aws = connectEmbeddedAws();
  const name = `${uniquePrefix()}-T`;
  const table = new DynamoTable(aws.dynamodb, name, ['id', 'n']);

  beforeAll(async () => {
    const definition = {
      name: 'T',
      partitionKey: { name: 'id', type: 'S' },
      sortKey: { name: 'n', type: 'N' },
      indexes: [],
    } as const;
    await aws.dynamodb.send(new CreateTableCommand(createTableInput(definition, name)));
  });
  afterAll(() => aws.close());

  test('gives back an item as it was put, without what is undefined', async () => {
    await table.put({ id: 'round trip', n: 1, deep: { list: [1, null, 'x'] }, gone: undefined });
    expect(await table.get({ id: 'round trip', n: 1 }, 'strong')).toEqual({
      id: 'round trip',
      n: 1,
      deep: { list: [1, null, 'x'] },
    });
  });

  test('answers a refused put with the item that is there', async () => {
    expect(await table.putIfAbsent({ id: 'twice', n: 1, by: 'first' })).toEqual({ outcome: 'stored' });
    expect(await table.putIfAbsent({ id: 'twice', n: 1, by: 'second' })).toEqual({
      outcome: 'refused',
      item: { id: 'twice', n: 1, by: 'first' },
    });
  });

  test('answers a refused put of an absent item without one', async () => {
    const condition = { expression: 'attribute_exists(id)' };
    expect(await table.put({ id: 'absent', n: 1 }, condition)).toEqual({ outcome: 'refused' });
  });

  test('updates and answers before or after, and nothing when refused', async () => {
    const add = { expression: 'ADD score :one', values: { ':one': 1 } };
    const key = { id: 'counter', n: 1 };
    expect(await table.update({ key, update: add, answer: 'before' })).toBeUndefined();
    expect(await table.update({ key, update: add, answer: 'after' })).toMatchObject({ score: 2 });
    const refused = await table.update({ key, update: add, condition: 'score < :one', answer: 'after' });
    expect(refused).toBeUndefined();
    expect(await table.get(key, 'strong')).toMatchObject({ score: 2 });
  });

  test('pages through a query in both directions', async () => {
    for (const n of [1, 2, 3]) await table.put({ id: 'pages', n });
    const request = {
      key: { expression: 'id = :id', values: { ':id': 'pages' } },
      limit: 2,
      descending: true,
    };
    const first = await table.query(request);
    expect(first.items.map((item) => item['n'])).toEqual([3, 2]);
    const second = await table.query({ ...request, ...(first.lastKey && { startAfter: first.lastKey }) });
    expect(second.items.map((item) => item['n'])).toEqual([1]);
  });

  test('calls a missing table by its code', async () => {
    const missing = new DynamoTable(aws.dynamodb, `${name}-missing`, ['id']);
    await expect(missing.get({ id: 'x' }, 'strong')).rejects.toMatchObject({ code: 'table_missing' });
  });

  test('calls an item over 400 KB by its code', async () => {
    await expect(table.put({ id: 'big', n: 1, text: 'x'.repeat(410_000) })).rejects.toMatchObject({
      code: 'item_too_large',
    });
  });
});
