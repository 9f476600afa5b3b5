import { DynamoTable } from '@latido/persistence/dynamodb';
import { connectEmbeddedAws } from '@latido/testing';
import { DynamoSnapshotStore } from './dynamo-snapshot-store';
import { SnapshotTooLargeError } from './snapshot-store';
import { describeSnapshotStoreContract } from './testing/snapshot-store-contract';

const aws = connectEmbeddedAws();
const table = new DynamoTable(aws.dynamodb, 'WriteAheadLog', ['LogID']);
afterAll(() => aws.close());
let names = Math.trunc(Math.random() * 1e9);
const newName = () => `name-${(names += 1)}`;
const noise = (length: number) => Array.from({ length }, () => Math.random().toString(36)).join();

describeSnapshotStoreContract('DynamoDB', () => new DynamoSnapshotStore(table, Date.now), newName);
describeSnapshotStoreContract(
  'DynamoDB, in many small parts',
  () => new DynamoSnapshotStore(table, Date.now, 8_000),
  newName,
);

describe('DynamoSnapshotStore', () => {
  test('leaves the last snapshot in place when the next one is cut off in the middle', async () => {
    const mine = newName();
    await new DynamoSnapshotStore(table, Date.now, 1_000).save(mine, ['the last one']);
    let puts = 0;
    const dying = Object.create(table) as DynamoTable;
    dying.put = async (item, condition) => {
      puts += 1;
      if (puts > 2) throw new Error('the process was killed');
      return table.put(item, condition);
    };
    const saving = new DynamoSnapshotStore(dying, Date.now, 1_000).save(mine, [noise(1_000)]);
    await expect(saving).rejects.toThrow('killed');
    expect(await new DynamoSnapshotStore(table, Date.now).load(mine)).toBe('the last one');
  });

  test('refuses a snapshot that has more parts than are kept', async () => {
    const saving = new DynamoSnapshotStore(table, Date.now, 100).save(newName(), [noise(2_000)]);
    await expect(saving).rejects.toThrow(SnapshotTooLargeError);
  });
});
