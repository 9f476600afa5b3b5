import { checkHorizon } from './check-horizon';
import { DEFAULT_HORIZON_MS } from './horizon';

const queue = { name: 'events', retentionMs: 40, deadLetterRetentionMs: 50 };

describe(checkHorizon, () => {
  it('is content with a horizon that is exactly the longest redelivery', () => {
    expect(checkHorizon({ horizonMs: 100, queues: [queue], redriveMs: 10 })).toEqual({ outcome: 'ok' });
  });

  it('names each queue that outlasts the horizon, and by how much, and no other', () => {
    const long = { ...queue, name: 'long', retentionMs: 41 };
    expect(checkHorizon({ horizonMs: 100, queues: [queue, long], redriveMs: 10 })).toEqual({
      outcome: 'too_short',
      gaps: [{ queue: 'long', longestRedeliveryMs: 101 }],
    });
  });

  it('covers by default the longest that SQS can keep a message, dead letter and redrive', () => {
    const twoWeeksMs = 14 * 24 * 60 * 60 * 1000;
    const longest = { name: 'q', retentionMs: twoWeeksMs, deadLetterRetentionMs: twoWeeksMs };
    const check = checkHorizon({ horizonMs: DEFAULT_HORIZON_MS, queues: [longest], redriveMs: twoWeeksMs });
    expect(check).toEqual({ outcome: 'ok' });
  });
});
