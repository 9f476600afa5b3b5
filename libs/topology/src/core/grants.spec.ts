import { type GrantedResource, grantsOf } from './grants';
import { topology } from './topology';

const grant = (service: 'service-a' | 'service-b' | 'heartbeat-monitor', resource: GrantedResource) =>
  grantsOf(topology, service).find((one) => JSON.stringify(one.resource) === JSON.stringify(resource))
    ?.actions;

describe('grantsOf', () => {
  test('lets a producer publish to its topics and to no other', () => {
    expect(grant('service-b', { kind: 'topic', name: 'receipts' })).toEqual([
      'sns:GetTopicAttributes',
      'sns:Publish',
    ]);
    expect(grant('service-b', { kind: 'topic', name: 'state-events' })).toBeUndefined();
  });

  test('lets a consumer read its queue, and fill its dead-letter queue without reading it', () => {
    expect(grant('service-b', { kind: 'queue', name: 'service-b-events' })).toContain('sqs:ReceiveMessage');
    const dead = grant('service-b', { kind: 'dead-letter-queue', name: 'service-b-events' });
    expect(dead).toContain('sqs:SendMessage');
    expect(dead).not.toContain('sqs:ReceiveMessage');
  });

  test('merges what a service does with one queue: service-a fills, reads and redrives dead receipts', () => {
    expect(grant('service-a', { kind: 'dead-letter-queue', name: 'service-a-receipts' })).toEqual([
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
  });

  test('keeps the monitor from the dead letters of heartbeats, which SQS alone fills', () => {
    const kinds = grantsOf(topology, 'heartbeat-monitor').map(({ resource }) => resource.kind);
    expect(kinds).not.toContain('dead-letter-queue');
  });

  test('grants a query of an index on the index, not on its table', () => {
    expect(grant('service-a', { kind: 'index', name: 'WriteAheadLog', index: 'OutboxByStatus' })).toEqual([
      'dynamodb:Query',
    ]);
    expect(grant('service-a', { kind: 'table', name: 'WriteAheadLog' })).not.toContain('dynamodb:Query');
  });

  test.each(topology.services.map(({ name }) => name))(
    'gives %s no wildcard and no right to delete items',
    (name) => {
      const actions = grantsOf(topology, name).flatMap((one) => one.actions);
      expect(actions.filter((action) => action.includes('*'))).toEqual([]);
      expect(actions).not.toContain('dynamodb:DeleteItem');
    },
  );

  test('gives nothing to a service that is not in the topology', () => {
    expect(grantsOf({ ...topology, services: [] }, 'service-a')).toEqual([]);
  });
});
