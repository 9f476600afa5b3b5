import { canaryEdges, consumersOf, followedEdges } from './expected-edges';

describe('the edges of the topology', () => {
  test('are followed by their numbers, each once', () => {
    expect(followedEdges()).toEqual([
      { producer: '/service-a', topic: 'state-events', consumer: 'service-b' },
      { producer: '/service-b', topic: 'receipts', consumer: 'service-a' },
    ]);
  });

  test('are left to canaries where they carry heartbeats, however many replicas hear them', () => {
    expect(canaryEdges().map(({ producer, consumer }) => [producer, consumer])).toEqual([
      ['/service-a', 'heartbeat-monitor'],
      ['/service-b', 'heartbeat-monitor'],
      ['/heartbeat-monitor', 'heartbeat-monitor'],
    ]);
  });

  test('tell who hears a topic', () => {
    expect(consumersOf('receipts')).toEqual(['service-a']);
    expect(consumersOf('heartbeats')).toEqual([]);
    expect(consumersOf('of a stranger')).toEqual([]);
  });
});
