import { hasRole, requiredRole, rolesOf } from './access';

describe('requiredRole', () => {
  test.each(['GET', 'HEAD', 'OPTIONS'])('is none for %s', (method) => {
    expect(requiredRole({ method })).toBeUndefined();
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])('is writer for %s', (method) => {
    expect(requiredRole({ method })).toBe('writer');
  });

  it('is what the route asks for, also for reading', () => {
    expect(requiredRole({ method: 'GET', asked: 'reader' })).toBe('reader');
    expect(requiredRole({ method: 'POST', asked: 'operator' })).toBe('operator');
  });
});

describe('hasRole', () => {
  it('lets a role do what the roles before it may', () => {
    const may = (role: 'reader' | 'writer' | 'operator') =>
      (['reader', 'writer', 'operator'] as const).filter((needed) =>
        hasRole({ subject: 's', roles: [role] }, needed),
      );
    expect(may('reader')).toEqual(['reader']);
    expect(may('writer')).toEqual(['reader', 'writer']);
    expect(may('operator')).toEqual(['reader', 'writer', 'operator']);
  });

  it('lets nobody without a role do anything', () => {
    expect(hasRole({ subject: 's', roles: [] }, 'reader')).toBe(false);
  });
});

describe('rolesOf', () => {
  it('reads a list and a text, and leaves out what is no role', () => {
    expect(rolesOf(['operator', 'admin', 7])).toEqual(['operator']);
    expect(rolesOf('reader writer')).toEqual(['reader', 'writer']);
    expect([rolesOf(undefined), rolesOf({ operator: true })]).toEqual([[], []]);
  });
});
