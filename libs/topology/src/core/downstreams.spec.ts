import { downstreams } from './downstreams';

describe('downstreams', () => {
  const edge = (producer: string, consumer: string) => ({ producer, consumer });

  test('follows edges over any number of services', () => {
    expect(downstreams([edge('a', 'b'), edge('b', 'c')])).toEqual([
      { causeService: 'a', service: 'b' },
      { causeService: 'a', service: 'c' },
      { causeService: 'b', service: 'c' },
    ]);
  });

  test('ends in a circle, and makes nobody suffer from itself', () => {
    expect(downstreams([edge('a', 'b'), edge('b', 'a'), edge('a', 'a')])).toEqual([
      { causeService: 'a', service: 'b' },
      { causeService: 'b', service: 'a' },
    ]);
  });

  test('makes the monitor suffer from nobody', () => {
    expect(downstreams().filter(({ service }) => service === 'heartbeat-monitor')).toEqual([]);
  });

  test('knows the circle of events and receipts', () => {
    expect(downstreams().toSorted((a, b) => (a.service < b.service ? -1 : 1))).toEqual([
      { causeService: 'service-b', service: 'service-a' },
      { causeService: 'service-a', service: 'service-b' },
    ]);
  });
});
