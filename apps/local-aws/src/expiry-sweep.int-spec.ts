import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { connectEmbeddedAws, seedUnderUniquePrefix } from '@latido/testing';
import { topology } from '@latido/topology';
import { sweepExpired } from './expiry-sweep';

const NOW_EPOCH_SECONDS = 1_800_000_000;

describe('sweepExpired', () => {
  const aws = connectEmbeddedAws();
  afterAll(() => aws.close());

  test('deletes what expired before now, and nothing that expires now, later or never', async () => {
    const names = await seedUnderUniquePrefix(aws);
    const table = topology.tables.find(({ name }) => name === 'VersionedState');
    if (!table) throw new Error('no VersionedState in the topology');
    const tableName = names.table(table.name);
    const expiries = [NOW_EPOCH_SECONDS - 1, NOW_EPOCH_SECONDS, NOW_EPOCH_SECONDS + 1, undefined];
    for (const [index, expiry] of expiries.entries())
      await aws.dynamodb.send(
        new PutItemCommand({
          TableName: tableName,
          Item: {
            ServiceID: { S: 'cart-7' },
            VersionNumber: { N: String(index) },
            ...(expiry !== undefined && { ExpiresAt: { N: String(expiry) } }),
          },
        }),
      );

    const deleted = await sweepExpired(aws.dynamodb, table, {
      tableName,
      nowEpochSeconds: NOW_EPOCH_SECONDS,
    });

    expect(deleted).toBe(1);
    const { Items = [] } = await aws.dynamodb.send(new ScanCommand({ TableName: tableName }));
    expect(new Set(Items.map(({ VersionNumber }) => VersionNumber?.N))).toEqual(new Set(['1', '2', '3']));
  });
});
