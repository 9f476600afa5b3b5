import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { buildVersion } from '../testing';
import { toItem, toVersion } from './version-item';

const WRITE_UNIT_BYTES = 1024;
const eventId = '018f6b1e-7c3a-7d52-9a41-0c5d8e7f6a3b';

const supersededBy = {
  lamport: Number.MAX_SAFE_INTEGER,
  source: '/service-a',
  epoch: 1_000_000,
  requestId: `event#${eventId}`,
};

/** Bytes of an attribute value by DynamoDB's published rules; a number costs a byte for two digits, and one. */
function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + sizeOfAll(value.M);
  return 1;
}

function sizeOfAll(attributes: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value),
    0,
  );
}

describe(toItem, () => {
  it('keeps the first version with a value of 300 bytes under one write unit', () => {
    const item = toItem(
      buildVersion({
        subject: `cart-${eventId}`,
        content: { kind: 'value', value: 'x'.repeat(298) },
        requestId: `event#${eventId}`,
        token: `${eventId}#9`,
        lamport: Number.MAX_SAFE_INTEGER,
        clock: Number.MAX_SAFE_INTEGER,
      }),
    );
    expect(sizeOfAll(marshall(item))).toBeLessThan(WRITE_UNIT_BYTES);
  });

  it('keeps a superseded version with a value of 300 bytes under one write unit', () => {
    const item = toItem(
      buildVersion({
        subject: `cart-${eventId}`,
        content: { kind: 'value', value: 'x'.repeat(298) },
        requestId: `event#${eventId}`,
        token: `${eventId}#9`,
        lamport: Number.MAX_SAFE_INTEGER,
        clock: Number.MAX_SAFE_INTEGER,
        supersededBy,
      }),
    );
    expect(sizeOfAll(marshall(item))).toBeLessThan(WRITE_UNIT_BYTES);
  });

  it('lists a subject by its first version only', () => {
    expect(toItem(buildVersion({ number: 1 }))).toHaveProperty('SubjectBucket', 'subjects');
    expect(toItem(buildVersion({ number: 2 }))).not.toHaveProperty('SubjectBucket');
  });

  it.each([
    ['a value', buildVersion()],
    ['a deletion', buildVersion({ content: { kind: 'deleted' } })],
    ['a late event', buildVersion({ supersededBy })],
    ['a tombstone', buildVersion({ content: { kind: 'pruned' }, expiresAtEpochSeconds: 9 })],
  ])('is turned back by toVersion: %s', (_what, version) => {
    expect(toVersion(toItem(version))).toEqual(version);
  });

  it('leaves nothing of the value in a tombstone', () => {
    expect(toItem(buildVersion({ content: { kind: 'pruned' } }))).not.toHaveProperty('Value');
  });
});
