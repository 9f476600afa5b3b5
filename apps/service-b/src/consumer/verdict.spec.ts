import type { CommitOutcome } from '@latido/event-commit';
import { anEnvelope } from '../testing/an-event-message';
import type { Understood } from './understand';
import { verdictOfOutcome, verdictOfPoison } from './verdict';

const facts = {
  id: 'e1',
  fingerprint: 'f1',
  subject: 'cart-1',
  lamport: 1,
  source: '/a',
  epoch: 1,
  timeMs: 0,
};
const valid = {
  kind: 'event',
  envelope: anEnvelope('e1'),
  event: { ...facts, operation: { kind: 'delete' } },
} as const satisfies Understood;
const invalid = {
  kind: 'event',
  envelope: anEnvelope('e1'),
  event: { ...facts, invalid: 'invalid_data' },
  detail: 'data/n must be integer',
} as const satisfies Understood;

const rejected = (reason: string): CommitOutcome => ({ kind: 'rejected', reason, certain: true });

describe('verdictOfOutcome', () => {
  it.each(['applied', 'moved', 'duplicate'] as const)('settles an event that was %s', (kind) => {
    expect(verdictOfOutcome(valid, { kind, version: 7 })).toEqual({
      kind: 'settle',
      receipt: {
        subject: 'cart-1',
        data: { requestId: 'e1', fingerprint: 'f1', outcome: 'applied', version: 7 },
      },
    });
  });

  it('settles a value that is too large: no copy of it will ever fit', () => {
    expect(verdictOfOutcome(valid, rejected('value_too_large'))).toMatchObject({
      kind: 'settle',
      receipt: { data: { outcome: 'failed', reason: 'value_too_large', certain: true } },
    });
  });

  it('buries invalid data with the fields, and tells that it is certain', () => {
    expect(verdictOfOutcome(invalid, rejected('invalid_data'))).toMatchObject({
      kind: 'bury',
      disposition: { reason: 'invalid_data', detail: 'data/n must be integer', requestId: 'e1' },
      receipt: { data: { certain: true } },
    });
  });

  it('settles invalid data that a process with another contract has applied', () => {
    expect(verdictOfOutcome(invalid, { kind: 'duplicate', version: 2 })).toMatchObject({ kind: 'settle' });
  });

  it.each([
    ['other_fingerprint', 'fingerprint_conflict'],
    ['beyond_horizon', 'beyond_horizon'],
    ['too_large_to_log', 'too_large_to_log'],
  ] as const)('buries what is quarantined for %s as %s, uncertain', (reason, code) => {
    expect(verdictOfOutcome(valid, { kind: 'quarantined', reason })).toMatchObject({
      kind: 'bury',
      disposition: { reason: code },
      receipt: { data: { outcome: 'failed', reason: code, certain: false } },
    });
  });

  it('gives back what failed, and says nothing', () => {
    expect(verdictOfOutcome(valid, { kind: 'failed', error: new Error('away') })).toEqual({
      kind: 'give_back',
    });
  });
});

describe('verdictOfPoison', () => {
  it('buries an unreadable body without a receipt: there is nobody to tell', () => {
    expect(verdictOfPoison({ kind: 'unreadable', reason: 'not_json', detail: 'no' })).toEqual({
      kind: 'bury',
      disposition: { kind: 'deadLetter', reason: 'not_json', detail: 'no' },
    });
  });

  it('buries an event of an unknown type and tells its producer, uncertain', () => {
    const foreign = {
      kind: 'foreign',
      envelope: anEnvelope('e1'),
      fingerprint: 'f1',
      reason: 'unknown_type',
      detail: 'no',
    } as const;
    expect(verdictOfPoison(foreign)).toMatchObject({
      disposition: { reason: 'unknown_type', requestId: 'e1', detail: 'no' },
      receipt: { data: { fingerprint: 'f1', certain: false } },
    });
  });
});
