import { type ProblemDetails, problemOfError } from '@latido/service-host';
import { requireValid } from '@latido/service-host/nest';
import {
  batchEntrySchema,
  batchSchema,
  commandSchema,
  requireFree,
  requireKey,
  requireSound,
} from './command-schema';

const refusal = (check: () => void): ProblemDetails | undefined => {
  try {
    check();
    return undefined;
  } catch (error) {
    return problemOfError(error);
  }
};
const pointersOf = (body: unknown) =>
  refusal(() => requireValid(commandSchema, body))?.errors?.map(({ pointer }) => pointer) ?? [];

describe('body of POST /events', () => {
  const put = { subject: 'cart-7', operation: 'put', data: {} };

  it.each([
    put,
    { ...put, operation: 'merge', causedBy: 'x', afterLamport: 0 },
    { subject: 's'.repeat(256), operation: 'delete' },
  ])('may be %j', (body) => {
    expect(pointersOf(body)).toEqual([]);
  });

  it.each([
    [{ ...put, subject: 7 }, ['/subject']],
    [{ ...put, subject: '' }, ['/subject']],
    [{ ...put, subject: 's'.repeat(257) }, ['/subject']],
    [{ ...put, subject: 'a\u0000b' }, ['/subject']],
    [{ ...put, subject: 'half \ud800' }, ['/subject']],
    [{ ...put, operation: 'move' }, ['/operation']],
    [{ ...put, data: [] }, ['/data']],
    [{ ...put, data: 'text' }, ['/data']],
    [{ subject: 's', operation: 'put' }, ['/data']],
    [{ ...put, operation: 'delete' }, ['/data']],
    [{ ...put, afterLamport: -1 }, ['/afterLamport']],
    [{ ...put, afterLamport: '1' }, ['/afterLamport']],
    [{ ...put, afterLamport: 2 ** 53 }, ['/afterLamport']],
    [{ ...put, subjekt: 's' }, ['/subjekt']],
    [{ operation: 'delete' }, ['/subject']],
    [[], ['']],
    [null, ['']],
  ])('may not be %j: names %j', (body, pointers) => {
    expect(pointersOf(body)).toEqual(pointers);
  });

  it('names every wrong field at once', () => {
    const pointers = pointersOf({ subject: 1, operation: 'x', data: {}, more: 1 });
    expect(new Set(pointers)).toEqual(new Set(['/more', '/operation', '/subject']));
  });

  it.each([
    { n: 2 ** 53 },
    { deep: ['half \ud800'] },
    { deep: { 'half \udc00': 1 } },
    JSON.parse(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`) as object,
  ])('may hold no data that cannot be read back as it was sent', (data) => {
    const check = () => requireSound({ subject: 's', operation: 'put', data: data as Record<string, never> });
    expect(refusal(check)).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/data' }] });
  });

  it('may hold characters beyond 16 bits', () => {
    expect(() => requireSound({ subject: 's', operation: 'put', data: { '😀': '😀' } })).not.toThrow();
  });

  it.each(['service#cart', 'board#alerts'])('may not change the subject %s of the platform', (subject) => {
    expect(refusal(() => requireFree({ subject }))).toMatchObject({
      status: 422,
      code: 'invalid_request',
      errors: [{ pointer: '/subject' }],
    });
  });

  it('may change a subject that has the name of a service', () => {
    expect(() => requireFree({ subject: 'service-a' })).not.toThrow();
  });
});

describe('an entry of a batch', () => {
  it('is a command, perhaps with a key of its own', () => {
    const entry = { subject: 's', operation: 'delete', idempotencyKey: 'k-1' };
    expect(refusal(() => requireValid(batchEntrySchema, entry))).toBeUndefined();
    const bad = { ...entry, idempotencyKey: '' };
    expect(refusal(() => requireValid(batchEntrySchema, bad))).toMatchObject({ status: 422 });
  });

  it.each([0, 101])('is not one of %i', (length) => {
    const events = Array.from({ length }, () => ({}));
    expect(refusal(() => requireValid(batchSchema, { events }))).toMatchObject({ status: 422 });
  });
});

describe('Idempotency-Key', () => {
  it.each([undefined, 'k', 'x'.repeat(255), '01a2-~!'])('may be %s', (key) => {
    expect(() => requireKey(key)).not.toThrow();
  });

  it.each(['', ' ', 'a b', 'ü', 'x'.repeat(256)])('may not be "%s"', (key) => {
    expect(() => requireKey(key)).toThrow('visible ASCII');
  });
});
