import { ContractRegistry, RECEIPT_V1 } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { aMessage, aReceipt } from '../testing/a-receipt';
import { readReceipt } from './read-receipt';
import { consumptionOf } from './receipt-consumption';

const ports = { contracts: new ContractRegistry([RECEIPT_V1]), sha256Hex };
const ARRIVED_MS = Date.parse('2026-11-20T12:00:03Z');

function poisonOf(members: Readonly<Record<string, unknown>>) {
  const body = JSON.parse(aReceipt({ requestId: 'e1', fingerprint: 'f'.repeat(64) }).body) as object;
  const read = readReceipt(aMessage(JSON.stringify({ ...body, ...members })), ports);
  if (read.kind !== 'poison') throw new Error('no poison');
  return read;
}

describe('consumptionOf', () => {
  it.each([
    ['acknowledge', 'delivered'],
    ['giveBack', 'failed'],
  ] as const)('tells the books of a receipt that was read: %s is %s', (kind, outcome) => {
    const read = readReceipt(aReceipt({ requestId: 'e1', fingerprint: 'f'.repeat(64) }), ports);
    const consumption = consumptionOf({ ...read, disposition: { kind } }, ARRIVED_MS);
    expect(consumption).toEqual({
      source: '/service-b',
      epoch: 7_000,
      topic: 'receipts',
      sequence: 3,
      outcome,
      latencyMs: 2_000,
      atMs: ARRIVED_MS,
    });
  });

  it.each([
    ['unknown_type', { type: 'other.v1', dataschema: undefined }],
    ['unknown_version', { type: 'latido.receipt.v9' }],
    ['invalid_data', { data: {} }],
  ])('tells the books why a receipt was not understood: %s', (misunderstood, members) => {
    const consumption = consumptionOf(poisonOf(members), ARRIVED_MS);
    expect(consumption).toMatchObject({ outcome: 'dead_lettered', sequence: 3, misunderstood });
  });

  it('tells the books nothing of a body that names no producer', () => {
    const read = readReceipt(aMessage('hello'), ports);
    expect(consumptionOf({ disposition: { kind: 'giveBack' }, ...read }, ARRIVED_MS)).toBeUndefined();
  });
});
