import { redeliveryBoundSeconds } from './redelivery-bound';

describe('redeliveryBoundSeconds', () => {
  test('counts the queue, the dead-letter queue, and the queue again after a redrive', () => {
    const queue = { retentionSeconds: 10, deadLetter: { maxReceiveCount: 3, retentionSeconds: 100 } };
    expect(redeliveryBoundSeconds(queue)).toBe(120);
  });
});
