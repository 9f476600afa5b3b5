import { isPersistenceError } from '../core/errors';
import { toPersistenceError } from './error-mapping';

const named = (name: string, more: object = {}): Error => Object.assign(new Error('said'), { name, ...more });

describe('toPersistenceError', () => {
  test.each([
    ['a missing table', named('ResourceNotFoundException'), 'table_missing', false],
    ['expired credentials', named('ExpiredTokenException'), 'credentials_invalid', false],
    ['no credentials at all', named('CredentialsProviderError'), 'credentials_invalid', false],
    ['a missing permission', named('AccessDeniedException'), 'access_denied', false],
    ['throttling', named('ProvisionedThroughputExceededException'), 'throttled', true],
    ['a time-out', named('TimeoutError'), 'store_unavailable', true],
    ['a refused connection', named('Error', { code: 'ECONNREFUSED' }), 'store_unavailable', true],
    ['a fault of the server', named('Odd', { $fault: 'server' }), 'store_unavailable', true],
    ['anything else', named('ValidationException'), 'store_failed', false],
  ])('calls %s by its code', (_what, error, code, transient) => {
    expect(toPersistenceError('T', error)).toMatchObject({ code, transient, table: 'T', cause: error });
  });

  test.each([
    'Item size has exceeded the maximum allowed size',
    'Item size to update has exceeded the limit',
  ])('calls "%s" too large', (message) => {
    const error = Object.assign(new Error(message), { name: 'ValidationException' });
    expect(toPersistenceError('T', error).code).toBe('item_too_large');
  });

  test('says what to do', () => {
    expect(toPersistenceError('T', named('ResourceNotFoundException')).message).toMatch(
      /^table T: .*create it/,
    );
  });

  test('takes also what is not an error', () => {
    expect(toPersistenceError('T', 'odd').code).toBe('store_failed');
  });
});

describe('isPersistenceError', () => {
  test('tells our errors from others', () => {
    expect(isPersistenceError(toPersistenceError('T', 'odd'))).toBe(true);
    expect(isPersistenceError(new Error('odd'))).toBe(false);
  });
});
