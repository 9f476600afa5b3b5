import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { type ContractDecision, describeClaimStoreContract } from '../testing';
import { DynamoDbClaimStore } from './dynamo-claim-store';

const client = new DynamoDBClient({});
const table = new DynamoTable(client, 'IdempotencyTable', ['RequestID']);
afterAll(() => client.destroy());

describeClaimStoreContract(
  'DynamoDB',
  () => new DynamoDbClaimStore<ContractDecision>(table),
  () => `event#${randomUUID()}`,
);

describe(DynamoDbClaimStore, () => {
  it('writes an item that a person can read and that the table can expire', async () => {
    const requestId = `event#${randomUUID()}`;
    await new DynamoDbClaimStore(table).putIfAbsent({
      requestId,
      fingerprint: 'f1',
      token: 't1',
      decision: { subject: 'cart-7', version: 3 },
      expiresAtEpochSeconds: 4_000_000_000,
    });
    expect(await table.get({ RequestID: requestId }, 'strong')).toEqual({
      RequestID: requestId,
      Fingerprint: 'f1',
      Token: 't1',
      Decision: { subject: 'cart-7', version: 3 },
      ExpiresAt: 4_000_000_000,
    });
  });
});
