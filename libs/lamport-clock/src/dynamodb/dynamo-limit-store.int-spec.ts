import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { describeLimitStoreContract } from '../testing';
import { DynamoLimitStore } from './dynamo-limit-store';

const client = new DynamoDBClient({});
afterAll(() => client.destroy());

describeLimitStoreContract(
  'DynamoDB',
  () => new DynamoLimitStore(new DynamoTable(client, 'WriteAheadLog', ['LogID'])),
  () => `lamport-contract-${randomUUID()}`,
);
