import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type AttributeValue,
  DescribeTableCommand,
  PutItemCommand,
  ScanCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { connectEmbeddedAws } from '@latido/testing';
import { resourceNames, topology } from '@latido/topology';
import { seedTables } from '@latido/topology/aws';
import { create, createIndexKey } from 'dynalite/db';
import { startDynamodb } from './dynamodb-server';
import { repairIndexes } from './index-repair';

type Item = Record<string, AttributeValue>;

const TABLE = 'WriteAheadLog';
const INDEX = 'OutboxByStatus';
const log = topology.tables.find(({ name }) => name === TABLE)!;

describe('repairIndexes', () => {
  let dataDir: string;
  beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'latido-'))));
  afterEach(() => rm(dataDir, { recursive: true }));

  /** A DynamoDB on the same data, for as long as the story takes. */
  async function withDynamodb<T>(
    story: (aws: ReturnType<typeof connectEmbeddedAws>) => Promise<T>,
  ): Promise<T> {
    const server = await startDynamodb({ host: '127.0.0.1', port: 0, dataDir });
    const aws = connectEmbeddedAws({
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: server.url,
      AWS_ENDPOINT_URL_SNS: server.url,
      AWS_ENDPOINT_URL_SQS: server.url,
    });
    try {
      return await story(aws);
    } finally {
      aws.close();
      await server.stop();
    }
  }

  /** What a kill -9 in the middle of a write leaves. */
  async function tear(
    table: TableDescription,
    { gone, left }: { readonly gone: Item; readonly left: readonly Item[] },
  ) {
    const store = create({ path: dataDir });
    const index = store.getIndexDb('global', TABLE, INDEX);
    const schema = table.GlobalSecondaryIndexes?.[0]?.KeySchema ?? [];
    await promisify(index.del)(createIndexKey(gone, table, schema));
    for (const place of left) await promisify(index.put)(createIndexKey(place, table, schema), place);
    await store.db.close();
  }

  it('gives an item back its place, and takes away places that are no item’s', async () => {
    const lost = entry('lost', 'pending', 1);
    const moved = entry('moved', 'pending', 2);
    const sound = entry('sound', 'complete', 3);
    const table = await withDynamodb(async (aws) => {
      await seedTables(
        aws.dynamodb,
        topology,
        resourceNames({ region: 'us-east-1', accountId: '000000000000' }),
      );
      for (const item of [lost, moved, sound])
        await aws.dynamodb.send(new PutItemCommand({ TableName: TABLE, Item: item }));
      return (await aws.dynamodb.send(new DescribeTableCommand({ TableName: TABLE }))).Table!;
    });
    await tear(table, {
      gone: lost,
      left: [entry('moved', 'complete', 9), entry('never-written', 'pending', 4)],
    });

    await withDynamodb(async ({ dynamodb }) => {
      const places = async (IndexName?: string) => {
        const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: TABLE, IndexName }));
        return Items.map(({ LogID, OutboxStatus }) => `${LogID?.S} ${OutboxStatus?.S}`).toSorted();
      };
      expect(await places(INDEX)).toEqual([
        'moved complete',
        'moved pending',
        'never-written pending',
        'sound complete',
      ]);

      expect(await repairIndexes(dynamodb, log, TABLE)).toBe(3);

      expect(await places(INDEX)).toEqual(['lost pending', 'moved pending', 'sound complete']);
      expect(await places()).toEqual(['lost pending', 'moved pending', 'sound complete']);
      expect(await repairIndexes(dynamodb, log, TABLE)).toBe(0);
    });
  });
});

function entry(id: string, status: string, nextAt: number): Item {
  return { LogID: { S: id }, OutboxStatus: { S: status }, NextAt: { N: String(nextAt) } };
}
