import { codeOfEntry, toMessagingError } from './error-mapping';

const queue = { kind: 'queue', name: 'orders' } as const;
const topic = { kind: 'topic', name: 'orders' } as const;

function vendorError(name: string, more: object = {}): Error {
  return Object.assign(new Error('said the vendor'), { name, ...more });
}

describe('errors of the AWS SDK', () => {
  it.each([
    ['QueueDoesNotExist', queue, 'queue_missing', false],
    ['NotFoundException', topic, 'topic_missing', false],
    ['ExpiredTokenException', queue, 'credentials_invalid', false],
    ['CredentialsProviderError', topic, 'credentials_invalid', false],
    ['AuthorizationErrorException', topic, 'access_denied', false],
    ['RequestThrottled', queue, 'throttled', true],
    ['TimeoutError', queue, 'unavailable', true],
    ['BatchRequestTooLong', queue, 'message_too_large', false],
    ['SomethingNew', queue, 'failed', false],
  ])('%s is known by the code %s', (name, resource, code, transient) => {
    expect(toMessagingError(resource, vendorError(name))).toMatchObject({
      code,
      transient,
      resource: 'orders',
    });
  });

  it.each([
    ['a refused connection', vendorError('Error', { code: 'ECONNREFUSED' })],
    ['a fault of the server', vendorError('SomethingNew', { $fault: 'server' })],
  ])('%s is passing', (_what, error) => {
    expect(toMessagingError(queue, error).transient).toBe(true);
  });

  it('keep their cause, name the queue and say what to do', () => {
    const cause = vendorError('QueueDoesNotExist');
    const error = toMessagingError(queue, cause);
    expect(error.cause).toBe(cause);
    expect(error.message).toMatch(/queue orders: .*npm start seeds it/);
  });
});

describe('errors of sqs-consumer, which hides those of the SDK', () => {
  it.each([
    ['QueueDoesNotExist', 'SQS receive message failed: gone', 'queue_missing'],
    ['Error', 'SQS receive message failed: connect ECONNREFUSED 127.0.0.1:4566', 'unavailable'],
    ['Error', 'SQS receive message failed: socket hang up', 'unavailable'],
  ])('are known by %s: %s', (code, message, ours) => {
    const error = Object.assign(new Error(message), { name: 'SQSError', code });
    expect(toMessagingError(queue, error).code).toBe(ours);
  });
});

describe('the failure of one entry in a batch', () => {
  it.each([
    ['InvalidMessageContents', true, 'message_rejected'],
    ['InternalError', false, 'unavailable'],
    ['SomethingNew', true, 'message_rejected'],
    ['SomethingNew', false, 'unavailable'],
  ])('%s (fault of the sender: %s) is %s', (vendorCode, senderFault, code) => {
    expect(codeOfEntry(vendorCode, senderFault)).toBe(code);
  });
});
