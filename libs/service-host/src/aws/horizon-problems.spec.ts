import { horizonProblems } from './horizon-problems';

const DAY_SECONDS = 86_400;
const check = (horizonDays: number, days = { queue: 4, deadLetterQueue: 14 }) =>
  horizonProblems({
    horizonDays,
    queue: { name: 'events', retentionSeconds: days.queue * DAY_SECONDS },
    deadLetterQueue: { name: 'events-dlq', retentionSeconds: days.deadLetterQueue * DAY_SECONDS },
  });

describe('horizonProblems', () => {
  it('accepts a horizon of exactly the longest redelivery: queue, dead-letter queue and a redrive', () => {
    expect(check(22)).toEqual([]);
  });

  it('refuses one that is shorter, names the queue, and says how long it must be', () => {
    expect(check(21)).toEqual([
      {
        problem: 'DEDUP_HORIZON_DAYS is 21, but events may deliver again after 22 days',
        fix: 'set DEDUP_HORIZON_DAYS to at least 22, or shorten the retention of events or events-dlq',
      },
    ]);
  });

  it('goes by what the queues really keep, and rounds the horizon to set up to whole days', () => {
    expect(check(22, { queue: 4.25, deadLetterQueue: 14 })).toMatchObject([
      {
        problem: expect.stringContaining('22.5 days') as string,
        fix: expect.stringContaining('least 23') as string,
      },
    ]);
  });

  it('covers with the default of 45 days the longest that SQS can keep', () => {
    expect(check(45, { queue: 14, deadLetterQueue: 14 })).toEqual([]);
  });
});
