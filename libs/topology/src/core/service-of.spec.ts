import { serviceOf } from './service-of';
import { topology } from './topology';

describe('serviceOf', () => {
  test('gives the description of a service', () => {
    expect(serviceOf(topology, 'service-b').ports.rpc).toBe(3012);
  });

  test('names the service that is not there', () => {
    expect(() => serviceOf({ ...topology, services: [] }, 'service-b')).toThrow('no service "service-b"');
  });
});
