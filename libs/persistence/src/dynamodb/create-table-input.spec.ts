import { createTableInput } from './create-table-input';

const key = { name: 'id', type: 'S' } as const;

describe('createTableInput', () => {
  test('describes a table with one key and no index', () => {
    expect(createTableInput({ name: 'T', partitionKey: key, indexes: [] }, 'dev-T')).toEqual({
      TableName: 'dev-T',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
  });

  test('defines an attribute once, also when table and index both use it', () => {
    const input = createTableInput(
      {
        name: 'T',
        partitionKey: key,
        sortKey: { name: 'n', type: 'N' },
        indexes: [
          { name: 'I', partitionKey: { name: 'bucket', type: 'S' }, sortKey: key, projection: ['size'] },
        ],
      },
      'T',
    );
    expect(input.AttributeDefinitions?.map(({ AttributeName }) => AttributeName)).toEqual([
      'id',
      'n',
      'bucket',
    ]);
    expect(input.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'I',
        KeySchema: [
          { AttributeName: 'bucket', KeyType: 'HASH' },
          { AttributeName: 'id', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['size'] },
      },
    ]);
  });
});
