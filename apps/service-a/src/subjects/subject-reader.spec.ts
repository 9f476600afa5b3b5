import { KnownVersions } from '../receipts/known-versions';
import { type PeerAnswer, SubjectReader } from './subject-reader';

const reading = async (answer: PeerAnswer, subject = 'cart-7') => {
  const known = new KnownVersions();
  known.note('cart-7', 4);
  return new SubjectReader({ ask: async () => answer, known }).read(subject);
};

describe('SubjectReader', () => {
  it('gives the state as service-b says it', async () => {
    const answer = { found: true, subject: 'cart-7', version: 4, value: { a: 1 }, lamport: 3 };
    expect(await reading({ outcome: 'answered', answer })).toEqual({
      subject: 'cart-7',
      state: { version: 4, value: { a: 1 }, lamport: 3 },
      degraded: false,
    });
  });

  it('knows of no subject that service-b does not know', async () => {
    expect(await reading({ outcome: 'answered', answer: { found: false } })).toBeUndefined();
  });

  it.each(['circuit_open', 'timeout', 'overloaded', 'unreachable'] as const)(
    'says degraded, why (%s) and the newest version it heard of',
    async (reason) => {
      expect(await reading({ outcome: 'refused', reason })).toEqual({
        subject: 'cart-7',
        state: null,
        degraded: true,
        reason,
        lastKnown: 4,
      });
    },
  );

  it('leaves out the version of a subject that it never heard of', async () => {
    expect(await reading({ outcome: 'refused', reason: 'timeout' }, 'cart-8')).not.toHaveProperty(
      'lastKnown',
    );
  });

  it.each([null, 'text', {}, { found: 'yes' }])('is degraded when the answer is %j', async (answer) => {
    expect(await reading({ outcome: 'answered', answer })).toMatchObject({ reason: 'answer_invalid' });
  });

  it('asks nobody for a subject that is too long to exist', async () => {
    const reader = new SubjectReader({
      ask: () => Promise.reject(new Error('was asked')),
      known: new KnownVersions(),
    });
    expect(await reader.read('s'.repeat(257))).toBeUndefined();
  });
});
