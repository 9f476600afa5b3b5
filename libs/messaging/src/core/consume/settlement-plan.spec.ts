import type { Disposition } from './disposition';
import type { ReceivedMessage } from './received-message';
import { planSettlement } from './settlement-plan';

const delay = { backoff: { baseMs: 1_000, maxMs: 60_000 }, random: () => 0.999 };

function message(n: number, changes: Partial<ReceivedMessage> = {}): ReceivedMessage {
  const receiptHandle = `receipt-${n}`;
  return {
    messageId: `m${n}`,
    receiptHandle,
    body: '{}',
    attributes: {},
    receiveCount: 1,
    sentAtMs: 0,
    ...changes,
  };
}

describe('the plan for a batch', () => {
  it('sorts messages by what the handler wants', () => {
    const batch = [message(1), message(2), message(3)];
    const poison: Disposition = { kind: 'deadLetter', reason: 'not_json' };
    const plan = planSettlement(
      batch,
      [{ kind: 'acknowledge' }, poison, { kind: 'giveBack', delaySeconds: 7 }],
      delay,
    );
    expect(plan).toEqual({
      acknowledged: [batch[0]],
      deadLetters: [{ message: batch[1], disposition: poison }],
      givenBack: [{ receiptHandle: 'receipt-3', seconds: 7 }],
    });
  });

  it('gives back what no disposition speaks of', () => {
    expect(planSettlement([message(1)], [], delay).givenBack).toEqual([
      { receiptHandle: 'receipt-1', seconds: 1 },
    ]);
  });

  it('gives back later with each delivery, up to the bound', () => {
    const seconds = [1, 3, 50].map(
      (receiveCount) => planSettlement([message(1, { receiveCount })], [], delay).givenBack[0]?.seconds,
    );
    expect(seconds).toEqual([1, 4, 60]);
  });

  it('brings the messages of one group back together, after the longest of their delays', () => {
    const batch = [message(1, { groupId: 'a' }), message(2, { groupId: 'a' }), message(3, { groupId: 'b' })];
    const back = [9, 2, 4].map((delaySeconds): Disposition => ({ kind: 'giveBack', delaySeconds }));
    expect(planSettlement(batch, back, delay).givenBack.map(({ seconds }) => seconds)).toEqual([9, 9, 4]);
  });

  it('stays within the 12 hours a queue can hide a message', () => {
    const back: Disposition = { kind: 'giveBack', delaySeconds: 1e6 };
    expect(planSettlement([message(1)], [back], delay).givenBack[0]?.seconds).toBe(43_200);
  });
});
