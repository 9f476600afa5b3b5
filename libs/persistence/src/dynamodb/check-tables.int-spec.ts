import { connectEmbeddedAws, seedUnderUniquePrefix } from '@latido/testing';
import { checkTables } from './check-tables';
import { createDynamoDbClient } from './dynamodb-client';

describe('checkTables', () => {
  const aws = connectEmbeddedAws();
  afterAll(() => aws.close());

  test('finds nothing wrong with tables that are there', async () => {
    const names = await seedUnderUniquePrefix(aws);
    expect(await checkTables(aws.dynamodb, [names.table('VersionedState')])).toEqual([]);
  });

  test('says for each missing table how to make it', async () => {
    expect(await checkTables(aws.dynamodb, ['absent-1', 'absent-2'])).toEqual([
      expect.stringMatching(/^table absent-1: .*create it \(/),
      expect.stringMatching(/^table absent-2: .*create it \(/),
    ]);
  });

  test('says that the store is away when nobody listens', async () => {
    const client = createDynamoDbClient(
      { maxAttempts: 1 },
      { endpoint: 'http://127.0.0.1:1', region: 'us-east-1' },
    );
    expect(await checkTables(client, ['T'])).toEqual([expect.stringContaining('check the endpoint')]);
    client.destroy();
  });
});
