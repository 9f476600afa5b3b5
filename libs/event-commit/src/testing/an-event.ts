import { fingerprintOf } from '@latido/idempotent-receiver';
import type { InvalidEvent, ValidEvent } from '../core/commit-event';

/** 1 January 2026, in milliseconds: when the events of tests happen. */
export const EVENT_TIME_MS = Date.UTC(2026, 0, 1);

/**
 * A valid event that puts `{ by: id }` on `cart-1`, unless told otherwise. Its fingerprint follows from
 * what it says (uncompressed), so that another operation under the same id is an impostor.
 */
export function anEvent(id: string, overrides: Partial<ValidEvent> = {}): ValidEvent {
  const event = {
    subject: 'cart-1',
    operation: { kind: 'put', value: { by: id } } as const,
    source: '/service-a',
    ...overrides,
  };
  const { subject, operation, source } = event;
  return {
    id,
    fingerprint: fingerprintOf({ source, subject, operation }, (text) => text),
    lamport: 1,
    epoch: 1,
    timeMs: EVENT_TIME_MS,
    ...event,
  };
}

/** An event whose data is invalid under a known contract version. */
export function anInvalidEvent(id: string, overrides: Partial<InvalidEvent> = {}): InvalidEvent {
  const { operation: _unread, ...event } = anEvent(id);
  return { ...event, invalid: 'data/items must be integer', ...overrides };
}
