import { assert, pre, property, stringMatching } from 'fast-check';
import { isResourcePrefix, MAX_PREFIX_CHARACTERS, resourceNames } from './resource-names';

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
    expect(names.indexArn('WriteAheadLog', 'OutboxByStatus')).toBe(
      `${names.tableArn('WriteAheadLog')}/index/OutboxByStatus`,
    );
    expect(names.tableArn('WriteAheadLog')).toMatch(/^arn:aws:dynamodb:.*:table\/dev-WriteAheadLog$/);
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

describe('isResourcePrefix', () => {
  test('accepts what fits before every name, up to 30 characters, and nothing at all', () => {
    expect(
      ['', 'latido-prod', 'a_1', 'p'.repeat(MAX_PREFIX_CHARACTERS)].filter(isResourcePrefix),
    ).toHaveLength(4);
  });

  test('refuses what is longer or what AWS does not allow in a name', () => {
    expect(['p'.repeat(MAX_PREFIX_CHARACTERS + 1), 'a b', 'a.b', 'a/b'].filter(isResourcePrefix)).toEqual([]);
  });
});
