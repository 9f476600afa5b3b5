import * as fc from 'fast-check';
import { ContractRegistry, fingerprintOf, STATE_CHANGED_V1 } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { aDelivery, anEnvelope, anEventBody, putOf } from '../testing/an-event-message';
import { understand } from './understand';

const ports = { contracts: new ContractRegistry([STATE_CHANGED_V1]), sha256Hex };

describe('understand', () => {
  it.each([
    [putOf({ n: 1 }), { kind: 'put', value: { n: 1 } }],
    [
      { operation: 'merge', value: { n: null } },
      { kind: 'merge', patch: { n: null } },
    ],
    [{ operation: 'delete' }, { kind: 'delete' }],
    [putOf(null), { kind: 'put', value: null }],
  ])('reads %j as the operation %j', (data, operation) => {
    expect(understand(aDelivery(anEventBody('e1', { data })), ports)).toMatchObject({
      event: { id: 'e1', operation },
    });
  });

  it('takes facts and fingerprint of an event from its envelope', () => {
    const envelope = anEnvelope('e1', { lamport: 7, epoch: 3, time: '2026-01-02T03:04:05Z' });
    const understood = understand(aDelivery(anEventBody('e1', envelope)), ports);
    expect(understood).toMatchObject({
      kind: 'event',
      event: {
        subject: 'cart-1',
        source: '/service-a',
        lamport: 7,
        epoch: 3,
        timeMs: Date.UTC(2026, 0, 2, 3, 4, 5),
        fingerprint: fingerprintOf(envelope, sha256Hex),
      },
    });
  });

  it('tells data that breaks a known contract, with a stable code and the fields', () => {
    const understood = understand(aDelivery(anEventBody('e1', { data: { operation: 'explode' } })), ports);
    expect(understood).toMatchObject({ kind: 'event', event: { invalid: 'invalid_data' } });
    expect(understood.kind === 'event' && understood.detail).toMatch(/operation/);
  });

  it.each(['service#cart', 'board#alerts'])(
    'refuses the subject %s of the platform for certain',
    (subject) => {
      expect(understand(aDelivery(anEventBody('e1', { subject })), ports)).toMatchObject({
        kind: 'event',
        event: { subject, invalid: 'reserved_subject' },
        detail: expect.stringContaining('platform') as string,
      });
    },
  );

  it.each([
    ['unknown_type', { type: 'foreign.type.v1', dataschema: 'urn:foreign' }],
    [
      'unknown_version',
      { type: 'latido.state.changed.v9', dataschema: 'urn:latido:contract:latido.state.changed:9' },
    ],
  ])('says %s for an event that no contract here is for', (reason, overrides) => {
    expect(understand(aDelivery(anEventBody('e1', overrides)), ports)).toMatchObject({
      kind: 'foreign',
      reason,
    });
  });

  it('keeps the id that a redriven message without one was first known by', () => {
    const message = { ...aDelivery('{"n":1}'), attributes: { requestId: 'first-id' } };
    expect(understand(message, ports)).toMatchObject({ kind: 'event', event: { id: 'first-id' } });
  });

  it('never throws, and never calls an unreadable body an event', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((o) => JSON.stringify(o)),
        ),
        (body) => {
          const understood = understand(aDelivery(body), ports);
          if (understood.kind === 'event') expect(understood.envelope.id).not.toBe('');
        },
      ),
    );
  });
});
