import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { describeVersionStoreContract } from '../testing';
import { DynamoDbVersionStore } from './dynamo-version-store';

const client = new DynamoDBClient({});
const table = new DynamoTable(client, 'VersionedState', ['ServiceID', 'VersionNumber']);
afterAll(() => client.destroy());

describeVersionStoreContract(
  'DynamoDB',
  () => new DynamoDbVersionStore(table),
  () => `cart-${randomUUID()}`,
);
