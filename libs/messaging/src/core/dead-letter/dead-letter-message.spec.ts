import type { ReceivedMessage } from '../consume/received-message';
import { deadLetterMessage } from './dead-letter-message';

const message: ReceivedMessage = {
  messageId: 'm1',
  receiptHandle: 'r1',
  body: '{}',
  attributes: {},
  receiveCount: 1,
  sentAtMs: 0,
};

describe('the message of a dead letter', () => {
  it('holds no more than the ten attributes a queue takes, reason and RequestID first', () => {
    const attributes = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`name${i}`, 'value']));
    const letter = deadLetterMessage(
      { ...message, attributes },
      { kind: 'deadLetter', reason: 'too_old', requestId: 'event-1', detail: 'x' },
    );
    expect(Object.keys(letter.attributes)).toHaveLength(10);
    expect(letter.attributes).toMatchObject({ deadLetterReason: 'too_old', requestId: 'event-1' });
  });

  it('cuts the detail and keeps characters a queue takes, pairs included', () => {
    const detail = `😀\u0000${'x'.repeat(252)}😀`;
    const letter = deadLetterMessage(message, { kind: 'deadLetter', reason: 'r', detail });
    expect(letter.attributes['deadLetterDetail']).toBe(`😀?${'x'.repeat(252)}?`);
  });

  it('stays in its group on a FIFO queue', () => {
    const letter = deadLetterMessage({ ...message, groupId: 'cart-7' }, { kind: 'deadLetter', reason: 'r' });
    expect(letter).toMatchObject({ groupId: 'cart-7', deduplicationId: 'm1' });
  });
});
