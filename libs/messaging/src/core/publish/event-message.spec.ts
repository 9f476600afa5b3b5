import { sha256Hex } from '../../aws/system-ports';
import type { EventEnvelope } from '../envelope/event-envelope';
import { serializeEnvelope } from '../envelope/serialize-envelope';
import { eventMessage } from './event-message';

const envelope: EventEnvelope = {
  id: '0197f2f0-0000-7000-8000-000000000000',
  source: '/service-a',
  type: 'latido.state.changed.v1',
  subject: 'cart-7',
  time: '2026-01-01T00:00:00.000Z',
  data: { operation: 'delete' },
  lamport: 1,
  epoch: 1,
  sequence: 1,
};

describe('the message of an event', () => {
  it('shows type, source and contract version as attributes', () => {
    expect(eventMessage(envelope, { fifo: false, sha256Hex })).toEqual({
      body: serializeEnvelope(envelope),
      attributes: { type: 'latido.state.changed.v1', source: '/service-a', contractVersion: '1' },
    });
  });

  it('carries the bytes a relay gives, as they are', () => {
    expect(eventMessage(envelope, { fifo: false, sha256Hex, body: '{"as":"first"}' }).body).toBe(
      '{"as":"first"}',
    );
  });

  it('is grouped by subject and deduplicated by id on FIFO topics', () => {
    expect(eventMessage(envelope, { fifo: true, sha256Hex })).toMatchObject({
      groupId: 'cart-7',
      deduplicationId: envelope.id,
    });
  });

  it.each(['x'.repeat(129), 'with a space', 'ünicode'])(
    'names the group of the subject "%s" by a hash',
    (subject) => {
      expect(eventMessage({ ...envelope, subject }, { fifo: true, sha256Hex }).groupId).toBe(
        sha256Hex(subject),
      );
    },
  );
});
