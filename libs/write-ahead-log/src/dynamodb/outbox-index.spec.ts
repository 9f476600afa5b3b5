import { topology } from '@latido/topology';
import type { EventIndex, OutboxEntry } from '../core/outbox-entry';
import { OUTBOX_INDEX } from './outbox-index';
import { itemOf } from './outbox-item';

const settled: OutboxEntry = {
  id: 'e-1',
  service: 'service-a',
  subject: 'cart-7',
  status: 'failed',
  topic: 'state-events',
  message: '{}',
  fingerprint: 'f',
  createdAtMs: 1,
  nextAtMs: 2,
  attempts: 3,
  revision: 4,
  settledAtMs: 5,
  redrivenAtMs: 6,
  version: 7,
  certain: true,
  reason: 'data_invalid',
  expiresAtEpochSeconds: 8,
};

describe('index of outbox entries by status', () => {
  it('projects every attribute of an entry but the message', () => {
    const { partitionKey, sortKey, projection } = OUTBOX_INDEX;
    const projected = ['LogID', partitionKey.name, sortKey.name, ...projection];
    const stored = Object.keys(itemOf(settled, 'all'));
    expect(projected.toSorted()).toEqual(stored.filter((name) => name !== 'Message').toSorted());
  });

  it('is the one that the topology declares', () => {
    const table = topology.tables.find(({ name }) => name === 'WriteAheadLog');
    expect(table?.indexes).toContainEqual(OUTBOX_INDEX);
  });

  it.each<[EventIndex, string]>([
    ['all', 'OutboxStatus'],
    ['open', 'Settled'],
  ])('with the index of %s entries, names the status of a complete one %s', (eventIndex, attribute) => {
    expect(itemOf({ ...settled, status: 'complete' }, eventIndex)).toHaveProperty(
      attribute,
      'service-a#complete',
    );
  });
});
