import type { OutboxEntry } from '@latido/write-ahead-log';
import { detailedViewOf, linksOf, viewOf } from './event-view';

const pending: OutboxEntry = {
  id: 'e-1',
  service: 'service-a',
  subject: 'cart/7',
  status: 'pending',
  topic: 'state-events',
  message: '{"id":"e-1"}',
  fingerprint: 'f',
  createdAtMs: 0,
  nextAtMs: 5_000,
  attempts: 1,
  revision: 1,
  expiresAtEpochSeconds: 1,
};
const outbox = { isOverdue: () => false };

describe('view of an event', () => {
  it('shows a pending event with its next publication', () => {
    expect(viewOf(pending, outbox)).toEqual({
      id: 'e-1',
      subject: 'cart/7',
      status: 'pending',
      acceptedAt: '1970-01-01T00:00:00.000Z',
      attempts: 1,
      nextAttemptAt: '1970-01-01T00:00:05.000Z',
      links: { self: '/events/e-1', subject: '/subjects/cart%2F7' },
    });
  });

  it('shows that a pending event is overdue', () => {
    expect(viewOf(pending, { isOverdue: () => true })).toMatchObject({ status: 'pending', overdue: true });
  });

  it('shows certainty and reason of a failed event', () => {
    expect(
      viewOf({ ...pending, status: 'failed', certain: true, reason: 'value_too_large' }, outbox),
    ).toMatchObject({ status: 'failed', certain: true, reason: 'value_too_large' });
  });

  it('shows the version of a complete event', () => {
    const complete = { ...pending, status: 'complete', version: 3, settledAtMs: 1_000 } as const;
    expect(viewOf(complete, outbox)).toMatchObject({ version: 3, settledAt: '1970-01-01T00:00:01.000Z' });
  });

  it('shows the message of one event', () => {
    expect(detailedViewOf(pending, outbox).event).toEqual({ id: 'e-1' });
  });

  it('makes links that are paths, whatever an id holds', () => {
    expect(linksOf({ id: 'a/b?', subject: 'ü' }).self).toBe('/events/a%2Fb%3F');
  });
});
