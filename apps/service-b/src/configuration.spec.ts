import { dedupHorizonMs, orderingOf } from './configuration';

describe('the configuration of service-b', () => {
  it.each([
    ['standard', 'arrival', 'arrival'],
    ['fifo', 'arrival', 'fifo'],
    ['standard', 'lamport', 'lamport'],
    ['fifo', 'lamport', 'lamport'],
  ] as const)(
    'makes of %s queues and versions in %s order: %s',
    (eventOrdering, eventVersionOrder, ordering) => {
      expect(orderingOf({ eventOrdering, eventVersionOrder })).toBe(ordering);
    },
  );

  it('counts the horizon in days of 24 hours', () => {
    expect(dedupHorizonMs({ dedupHorizonDays: 2 })).toBe(172_800_000);
  });
});
