import { readGivenNames } from './read-given-names';
import { resourceNames } from './resource-names';
import { topology } from './topology';

const read = (given: object) => readGivenNames(JSON.stringify(given), topology);

describe('readGivenNames', () => {
  test('takes names, ARNs and URLs of what the topology knows, twins and dead-letter queues included', () => {
    const given = {
      queues: { 'service-b-events': 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders-in' },
      topics: { 'receipts.fifo': 'arn:aws:sns:eu-west-1:123456789012:answers.fifo' },
      tables: { VersionedState: 'states' },
    };
    expect(read(given)).toEqual({ value: given });
    expect(read({ queues: { 'service-b-events-dlq.fifo': 'dead.fifo' } })).toHaveProperty('value');
  });

  test.each([
    ['no JSON', '{', 'not a JSON object'],
    ['a list', '[]', 'not a JSON object'],
    ['an unknown kind', '{"buckets":{}}', 'has "buckets"'],
    ['names that are no object', '{"queues":["a"]}', 'queues that are not an object'],
    ['an unknown queue', '{"queues":{"service-c-events":"q"}}', 'names "service-c-events"'],
    [
      'a twin that does not exist',
      '{"queues":{"heartbeat-monitor-heartbeats-0.fifo":"q"}}',
      'none of our queues',
    ],
    ['an empty place', '{"tables":{"VersionedState":""}}', 'gives VersionedState no name'],
    ['a place with a space', '{"tables":{"VersionedState":"a b"}}', 'gives VersionedState no name'],
  ])('refuses %s', (_what, text, wrong) => {
    expect(readGivenNames(text, topology)).toEqual({ wrong: expect.stringContaining(wrong) as string });
  });
});

describe('resourceNames with given names', () => {
  const names = resourceNames({
    prefix: 'dev',
    region: 'eu-west-1',
    accountId: '123456789012',
    given: {
      queues: { 'service-b-events': 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders-in' },
      topics: { receipts: 'arn:aws:sns:us-east-1:210987654321:answers' },
      tables: { VersionedState: 'arn:aws:dynamodb:eu-west-1:123456789012:table/states' },
    },
  });

  test('calls them as they are called, without the prefix', () => {
    expect([names.queue('service-b-events'), names.table('VersionedState')]).toEqual(['orders-in', 'states']);
    expect(names.queueArn('service-b-events')).toBe('arn:aws:sqs:eu-west-1:123456789012:orders-in');
  });

  test('keeps region and account of an ARN', () => {
    expect(names.topicArn('receipts')).toBe('arn:aws:sns:us-east-1:210987654321:answers');
    expect(names.indexArn('VersionedState', 'Subjects')).toMatch(/:table\/states\/index\/Subjects$/);
  });

  test('leaves what was not given under the rule, twins and dead-letter queues too', () => {
    expect(names.queue('service-b-events', { fifo: true })).toBe('dev-service-b-events.fifo');
    expect(names.deadLetterQueue('service-b-events')).toBe('dev-service-b-events-dlq');
  });
});
