import { readRollbackHeaders, requireFree } from './rollback-request';

const read = (ifMatch: string | undefined, idempotencyKey?: string) =>
  readRollbackHeaders({ ifMatch, idempotencyKey });

describe('readRollbackHeaders', () => {
  it.each(['"7"', '7', ' "7" '])('reads If-Match: %s as version 7', (ifMatch) => {
    expect(read(ifMatch)).toEqual({ ifMatch: 7 });
  });

  it('asks for If-Match where there is none', () => {
    expect(() => read(undefined)).toThrow(expect.objectContaining({ code: 'precondition_required' }));
  });

  it.each(['*', 'W/"7"', '"0"', '"x"', '', '"1", "2"', '9'.repeat(20)])('refuses If-Match: %s', (ifMatch) => {
    expect(() => read(ifMatch)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it('takes an Idempotency-Key of 255 characters and refuses one more', () => {
    expect(read('1', 'k'.repeat(255))).toEqual({ ifMatch: 1, idempotencyKey: 'k'.repeat(255) });
    expect(() => read('1', 'k'.repeat(256))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it.each(['', 'two words', 'ü'])('refuses the Idempotency-Key "%s"', (key) => {
    expect(() => read('1', key)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

describe('requireFree', () => {
  it.each(['service#cart', 'board#alerts'])('refuses %s, a subject of the platform', (subject) => {
    expect(() => requireFree(subject)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        message: expect.stringContaining('subject begins') as string,
      }),
    );
  });

  it('takes the name of a service', () => {
    expect(() => requireFree('service-a')).not.toThrow();
  });
});
