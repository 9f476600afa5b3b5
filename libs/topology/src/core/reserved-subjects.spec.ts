import { assert, property, string } from 'fast-check';
import { boardSubject, isReservedSubject, serviceOfSubject, serviceSubject } from './reserved-subjects';

describe('reserved subjects', () => {
  test('reserves the history of every service, whatever its name', () => {
    assert(property(string(), (name) => isReservedSubject(serviceSubject(name))));
  });

  test('gives a service back from its subject', () => {
    assert(property(string(), (name) => serviceOfSubject(serviceSubject(name)) === name));
  });

  test('reserves the boards, which are histories of no service', () => {
    expect(isReservedSubject(boardSubject('alerts'))).toBe(true);
    expect(serviceOfSubject(boardSubject('alerts'))).toBeUndefined();
  });

  test('leaves the name of a service free as a subject of events', () => {
    expect(isReservedSubject('service-a')).toBe(false);
  });
});
