import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoTable } from '@latido/persistence/dynamodb';
import type { OutboxEntry } from '../core/outbox-entry';
import type { Segment } from '../core/segment';
import {
  describeOutboxStoreContract,
  describeSegmentStoreContract,
  describeWriterStoreContract,
} from '../testing';
import { DynamoDbOutboxStore, DynamoDbSegmentStore, DynamoDbWriterStore } from '.';

const client = new DynamoDBClient({});
afterAll(() => client.destroy());

/** The table as the topology seeds it: its index is under test too. */
const table = new DynamoTable(client, 'WriteAheadLog', ['LogID']);
const newService = (): string => `contract-${randomUUID()}`;

describeSegmentStoreContract('DynamoDB', () => new DynamoDbSegmentStore(table), newService);
describeWriterStoreContract('DynamoDB', () => new DynamoDbWriterStore(table), newService);
describeOutboxStoreContract(
  'DynamoDB',
  (eventIndex) => new DynamoDbOutboxStore(table, { eventIndex }),
  newService,
);

describe('cost on DynamoDB', () => {
  let units = 0;

  beforeAll(() => {
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        units += unitsOf(result.output);
        return result;
      },
      { step: 'initialize' },
    );
  });

  beforeEach(() => {
    units = 0;
  });

  it('logs a batch of 10 records of 300 bytes for 3 write units', async () => {
    const segments = new DynamoDbSegmentStore<unknown>(table);
    await segments.appendIfAbsent(segmentOf(newService(), Array.from({ length: 10 }, recordOf300Bytes)));
    expect(units).toBe(3);
  });

  it('moves a mark for 1 write unit', async () => {
    const writers = new DynamoDbWriterStore(table);
    const from = {
      service: newService(),
      slot: 0,
      epoch: 1,
      lowWater: 1,
      token: randomUUID(),
      state: 'held',
    } as const;
    await writers.putIfAbsent(from);
    units = 0;
    await writers.replace({ from, to: { ...from, lowWater: 2, token: randomUUID() } });
    expect(units).toBe(1);
  });

  it('keeps an event of 650 bytes on the wire within one unit a write of the table', async () => {
    const outbox = new DynamoDbOutboxStore(table);
    const from = entryOf(newService(), 'm'.repeat(650));
    await outbox.putIfAbsent(from);
    await outbox.replace({
      from,
      to: { ...from, status: 'complete', settledAtMs: 1_700_000_009_000, version: 12, revision: 2 },
    });
    expect(units).toBe(2);
  });
});

/** The embedded store meters the table alone; the index adds 1 for each entry put in, and 1 for each taken out. */
function unitsOf(output: object): number {
  const { ConsumedCapacity } = output as { ConsumedCapacity?: { CapacityUnits?: number } };
  return ConsumedCapacity?.CapacityUnits ?? 0;
}

function recordOf300Bytes(): unknown {
  const record = {
    id: randomUUID(),
    source: '/service-a',
    subject: 'cart-7',
    operation: { kind: 'put', value: { note: '' } },
    lamport: 123_456,
    epoch: 1_000,
    timeMs: 1_700_000_000_000,
  };
  record.operation.value.note = 'x'.repeat(300 - JSON.stringify(record).length);
  return record;
}

function segmentOf(service: string, records: readonly unknown[]): Segment<unknown> {
  return {
    service,
    slot: 0,
    number: 1,
    kind: 'records',
    epoch: 1,
    token: randomUUID(),
    records,
    writtenAtMs: 1_700_000_000_123,
    expiresAtEpochSeconds: 4_000_000_000,
  };
}

function entryOf(service: string, message: string): OutboxEntry {
  return {
    id: randomUUID(),
    service,
    subject: 'cart-7',
    status: 'pending',
    topic: 'state-events',
    message,
    fingerprint: 'f'.repeat(64),
    createdAtMs: 1_700_000_000_000,
    nextAtMs: 1_700_000_005_000,
    attempts: 1,
    revision: 1,
    expiresAtEpochSeconds: 4_000_000_000,
  };
}
