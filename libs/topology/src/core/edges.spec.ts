import { edges, queuesOf } from './edges';
import { topology } from './topology';

describe('edges', () => {
  test('leads each event from its producer to its consumer', () => {
    expect(edges(topology).filter(({ topic }) => topic !== 'heartbeats')).toEqual([
      { producer: 'service-a', topic: 'state-events', queue: 'service-b-events', consumer: 'service-b' },
      { producer: 'service-b', topic: 'receipts', queue: 'service-a-receipts', consumer: 'service-a' },
    ]);
  });

  test('leads the heartbeats of every service, its own too, to every replica of the monitor', () => {
    const heard = edges(topology).filter(({ queue }) => queue === 'heartbeat-monitor-heartbeats-1');
    expect(heard.map(({ producer }) => producer)).toEqual(['service-a', 'service-b', 'heartbeat-monitor']);
  });

  test('has none where nobody publishes', () => {
    expect(edges({ ...topology, services: [] })).toEqual([]);
  });
});

describe('queuesOf', () => {
  test('gives the descriptions of the queues a service consumes', () => {
    expect(queuesOf(topology, 'service-b').map(({ name }) => name)).toEqual(['service-b-events']);
  });

  test('is empty for a service that consumes nothing', () => {
    expect(queuesOf({ ...topology, services: [] }, 'service-b')).toEqual([]);
  });
});
