import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { buildVersion, describeVersionStoreContract } from '../testing';
import { DynamoDbVersionStore } from './dynamo-version-store';

const client = new DynamoDBClient({});
const table = new DynamoTable(client, 'VersionedState', ['ServiceID', 'VersionNumber']);
afterAll(() => client.destroy());

describeVersionStoreContract(
  'DynamoDB',
  () => new DynamoDbVersionStore(table),
  () => `cart-${randomUUID()}`,
);

it('lists the subjects of its own bucket only', async () => {
  const bucket = `bucket-${randomUUID()}`;
  const store = new DynamoDbVersionStore(table, { bucket });
  const subject = `service-${randomUUID()}`;
  await store.putIfAbsent(buildVersion({ subject, number: 1 }));
  await store.putIfAbsent(buildVersion({ subject, number: 2 }));
  expect(await store.listSubjects({ limit: 10 })).toEqual({ subjects: [subject] });
});
