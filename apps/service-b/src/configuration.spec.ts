import { dedupHorizonMs, orderingOf, serviceB, type ServiceBSettings } from './configuration';

const settings = (dedupHorizonDays: number) =>
  ({ dedupHorizonDays, host: '127.0.0.1', port: 1, metricsPort: 2 }) as ServiceBSettings;

describe('the configuration of service-b', () => {
  it('accepts the default horizon', () => {
    expect(serviceB.check(settings(serviceB.own.dedupHorizonDays.default ?? 0))).toEqual([]);
  });

  it('refuses a horizon that is shorter than the queue can redeliver, and says how long it must be', () => {
    const problems = serviceB.check(settings(21));
    expect(problems).toMatchObject([
      { problem: expect.stringContaining('service-b-events'), fix: expect.stringContaining('22') },
    ]);
    expect(serviceB.check(settings(22))).toEqual([]);
  });

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
