import { assert, pre, property, stringMatching } from 'fast-check';
import { resourceNames } from './resource-names';

const scope = { region: 'eu-west-1', accountId: '123456789012' };

describe('resourceNames', () => {
  test('keeps the plain names where there is no prefix', () => {
    const names = resourceNames(scope);
    expect(names.queue('service-b-events')).toBe('service-b-events');
    expect(names.table('VersionedState')).toBe('VersionedState');
  });

  test('keeps .fifo at the very end, behind the dead-letter suffix', () => {
    const names = resourceNames({ ...scope, prefix: 'dev' });
    expect(names.deadLetterQueue('service-b-events', { fifo: true })).toBe('dev-service-b-events-dlq.fifo');
  });

  test('puts region and account into ARNs', () => {
    const names = resourceNames({ ...scope, prefix: 'dev' });
    expect(names.topicArn('receipts')).toBe('arn:aws:sns:eu-west-1:123456789012:dev-receipts');
    expect(names.queueArn('service-b-events', { fifo: true })).toBe(
      'arn:aws:sqs:eu-west-1:123456789012:dev-service-b-events.fifo',
    );
    expect(names.deadLetterQueueArn('service-b-events')).toMatch(/:dev-service-b-events-dlq$/);
  });

  test('never gives two prefixes of the same length the same name', () => {
    const prefix = stringMatching(/^[a-z]{8}$/);
    assert(
      property(prefix, prefix, (one, other) => {
        pre(one !== other);
        const [a, b] = [one, other].map((prefix) => resourceNames({ ...scope, prefix }).queue('q'));
        expect(a).not.toBe(b);
      }),
    );
  });
});
