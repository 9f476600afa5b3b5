import { NOBODY, ownerOf, unownedServices } from './ownership';
import { topology } from './topology';

const orphaned = {
  ...topology,
  services: topology.services.map((service) => {
    const { owner, ...rest } = service;
    return service.name === 'service-b' ? rest : { ...rest, ...(owner && { owner }) };
  }),
};

describe('ownership', () => {
  test('every service of Latido has an owner (else: give it one in topology.ts)', () => {
    expect(unownedServices(topology)).toEqual([]);
  });

  test('a service without an owner is found', () => {
    expect(unownedServices(orphaned)).toEqual(['service-b']);
  });

  test.each(['service-b', 'a-stranger'])('somebody is called for %s, which nobody owns', (service) => {
    expect(ownerOf(orphaned, service)).toEqual(NOBODY);
  });

  test('a service with an owner is its owner’s', () => {
    expect(ownerOf(topology, 'service-a').team).toBe('events');
  });

  test.each(topology.services.map(({ name }) => name))(
    '%s has names that may be labels and receivers',
    (name) => {
      const { team, onCall } = ownerOf(topology, name);
      expect(`${team} ${onCall}`).toMatch(/^[a-z][a-z0-9-]* [a-z][a-z0-9-]*$/);
    },
  );
});
