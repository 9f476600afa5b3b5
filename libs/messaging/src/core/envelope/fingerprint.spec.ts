import { sha256Hex } from '../../aws/system-ports';
import { fingerprintOf } from './fingerprint';

const event = {
  source: '/service-a',
  type: 'latido.state.changed.v1',
  subject: 'cart-7',
  data: { operation: 'put', value: { a: 1, b: [1, 2] } },
};

describe('the fingerprint of an event', () => {
  it('is SHA-256 over canonical JSON', () => {
    const canonical =
      '{"data":{"operation":"put","value":{"a":1,"b":[1,2]}},"source":"/service-a","subject":"cart-7","type":"latido.state.changed.v1"}';
    expect(fingerprintOf(event, sha256Hex)).toBe(sha256Hex(canonical));
  });

  it('does not depend on the order of members', () => {
    const turned = { ...event, data: { value: { b: [1, 2], a: 1 }, operation: 'put' } };
    expect(fingerprintOf(turned, sha256Hex)).toBe(fingerprintOf(event, sha256Hex));
  });

  it.each([
    ['source', { ...event, source: '/service-x' }],
    ['type', { ...event, type: 'latido.state.changed.v2' }],
    ['subject', { ...event, subject: 'cart-8' }],
    ['operation', { ...event, data: { ...event.data, operation: 'merge' } }],
    ['value', { ...event, data: { ...event.data, value: { a: 1, b: [2, 1] } } }],
  ])('is another one for another %s', (_what, other) => {
    expect(fingerprintOf(other, sha256Hex)).not.toBe(fingerprintOf(event, sha256Hex));
  });
});
