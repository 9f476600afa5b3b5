import { type Contract, dataschemaOf } from './contract';
import { ContractRegistry } from './contract-registry';
import { RECEIPT_V1 } from './receipt';
import { STATE_CHANGED_V1 } from './state-changed';

const registry = new ContractRegistry([STATE_CHANGED_V1, RECEIPT_V1]);
const type = STATE_CHANGED_V1.type;
const fingerprint = 'a'.repeat(64);

describe('contracts', () => {
  it.each([
    ['a put', { operation: 'put', value: { n: 1 } }],
    ['a put of null', { operation: 'put', value: null }],
    ['a merge', { operation: 'merge', value: { n: null } }],
    ['a delete', { operation: 'delete' }],
  ])('accept %s', (_what, data) => {
    expect(registry.check({ type, data, dataschema: dataschemaOf(STATE_CHANGED_V1) })).toEqual({
      outcome: 'ok',
    });
  });

  it.each([
    ['a missing operation', { value: 1 }, '', "required property 'operation'"],
    ['an unknown operation', { operation: 'drop' }, '/operation', 'must be one of put, merge, delete'],
    ['a put without a value', { operation: 'put' }, '', "required property 'value'"],
    ['a delete with a value', { operation: 'delete', value: 1 }, '/value', 'schema is false'],
    ['a field nobody agreed on', { operation: 'delete', when: 1 }, '/when', 'is not part of the contract'],
    ['data that is no object', 'text', '', 'must be object'],
  ])('refuse %s and name the field', (_what, data, field, problem) => {
    expect(registry.check({ type, data })).toMatchObject({
      outcome: 'invalid_data',
      problems: expect.arrayContaining([{ field, problem: expect.stringContaining(problem) }]),
    });
  });

  it('tell an unknown type from an unknown version of a known type', () => {
    expect(registry.check({ type: 'shop.order.v1', data: {} }).outcome).toBe('unknown_type');
    expect(registry.check({ type: 'latido.state.changed.v2', data: {} }).outcome).toBe('unknown_version');
  });

  it('refuse an event whose type and dataschema speak of different versions', () => {
    const dataschema = 'urn:latido:contract:latido.state.changed:2';
    expect(registry.check({ type, dataschema, data: { operation: 'delete' } }).outcome).toBe(
      'unknown_version',
    );
  });

  it('go by the type where the dataschema is a stranger’s', () => {
    const dataschema = 'https://example.org/schema.json';
    expect(registry.check({ type, dataschema, data: { operation: 'delete' } }).outcome).toBe('ok');
  });

  it('take contracts of a service', () => {
    const contract: Contract = { type: 'shop.order.v3', version: '3', schema: { type: 'object' } };
    expect(new ContractRegistry([contract]).check({ type: 'shop.order.v3', data: {} }).outcome).toBe('ok');
  });

  it('must have types that end with their version', () => {
    const contract: Contract = { type: 'shop.order.v3', version: '2', schema: {} };
    expect(() => new ContractRegistry([contract])).toThrow('shop.order.v3 does not end with .v2');
  });

  it('must differ', () => {
    expect(() => new ContractRegistry([RECEIPT_V1, RECEIPT_V1])).toThrow(
      'two contracts for latido.receipt.v1',
    );
  });

  it('name at most ten problems of a hostile document', () => {
    const data = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`field${i}`, 1]));
    const check = registry.check({ type, data });
    expect(check.outcome === 'invalid_data' && check.problems).toHaveLength(10);
  });

  it.each([
    ['an applied event', { requestId: 'e', fingerprint, outcome: 'applied', version: 1 }, 'ok'],
    [
      'a failed event',
      { requestId: 'e', fingerprint, outcome: 'failed', certain: false, reason: 'too_old' },
      'ok',
    ],
    ['an applied event without version', { requestId: 'e', fingerprint, outcome: 'applied' }, 'invalid_data'],
    [
      'a failed event without reason',
      { requestId: 'e', fingerprint, outcome: 'failed', certain: true },
      'invalid_data',
    ],
  ])('judge the receipt of %s', (_what, data, outcome) => {
    expect(registry.check({ type: RECEIPT_V1.type, data }).outcome).toBe(outcome);
  });
});
