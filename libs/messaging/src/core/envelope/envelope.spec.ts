import * as fc from 'fast-check';
import type { JsonValue } from '../json-value';
import type { EventEnvelope } from './event-envelope';
import { parseEnvelope } from './parse-envelope';
import type { ParseContext, ParsedMessage } from './parsed-message';
import { serializeEnvelope } from './serialize-envelope';

const context: ParseContext = {
  messageId: 'message-1',
  sentAtMs: Date.UTC(2026, 0, 2),
  sha256Hex: (text) => `hash(${text})`,
};

const name = fc.string({ minLength: 1, maxLength: 256 });
const count = fc.maxSafeNat();
const envelopes: fc.Arbitrary<EventEnvelope> = fc
  .record(
    {
      id: name,
      source: name,
      type: name,
      subject: name,
      time: fc
        .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
        .map((date) => date.toISOString()),
      data: (fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<JsonValue>).map(withSafeNumbers),
      lamport: count,
      epoch: count,
      sequence: count,
      dataschema: name,
      causedby: name,
      partitionkey: name,
      traceparent: fc.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/),
    },
    {
      requiredKeys: ['id', 'source', 'type', 'subject', 'time', 'data', 'lamport', 'epoch', 'sequence'],
    },
  )
  .map((record) => JSON.parse(JSON.stringify(record)) as EventEnvelope);

function withSafeNumbers(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value), (_name, part: unknown) =>
    typeof part === 'number' && Math.abs(part) > Number.MAX_SAFE_INTEGER ? 0 : part,
  ) as JsonValue;
}

function parse(value: unknown, changes: Partial<ParseContext> = {}): ParsedMessage {
  return parseEnvelope(typeof value === 'string' ? value : JSON.stringify(value), { ...context, ...changes });
}

function envelopeOf(parsed: ParsedMessage): EventEnvelope {
  if (parsed.outcome !== 'event') throw new Error(`${parsed.reason}: ${parsed.detail}`);
  return parsed.envelope;
}

const cloudEvent = {
  specversion: '1.0',
  id: 'event-1',
  source: '/service-a',
  type: 'latido.state.changed.v1',
  subject: 'cart-7',
  time: '2026-01-01T00:00:00Z',
  data: { operation: 'put', value: 1 },
};

describe('the event envelope', () => {
  it('is read back as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(envelopes, (envelope) => {
        expect(parse(serializeEnvelope(envelope))).toEqual({ outcome: 'event', envelope });
      }),
    );
  });

  it('has an answer for every text, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((o) => JSON.stringify(o)),
        ),
        (body) => {
          expect(['event', 'unreadable']).toContain(parse(body).outcome);
        },
      ),
    );
  });

  it('writes its numbers as decimal strings, for CloudEvents integers end at 2^31', () => {
    const envelope = envelopeOf(parse({ ...cloudEvent, lamport: '5000000000' }));
    expect(JSON.parse(serializeEnvelope(envelope))).toMatchObject({ lamport: '5000000000', sequence: '0' });
  });
});

describe('a CloudEvent of a foreign producer', () => {
  it('gets 0 for the numbers it does not carry', () => {
    expect(envelopeOf(parse(cloudEvent))).toMatchObject({ lamport: 0, epoch: 0, sequence: 0 });
  });

  it('is about its source when it names no subject', () => {
    const { subject: _subject, ...without } = cloudEvent;
    expect(envelopeOf(parse(without)).subject).toBe('/service-a');
  });

  it('happened when the queue got it, when it has no time', () => {
    const { time: _time, ...without } = cloudEvent;
    expect(envelopeOf(parse(without)).time).toBe('2026-01-02T00:00:00.000Z');
  });

  it('may write numbers as numbers', () => {
    expect(envelopeOf(parse({ ...cloudEvent, lamport: 7, sequence: 8 }))).toMatchObject({
      lamport: 7,
      sequence: 8,
    });
  });

  it('gets a hash of message id and body as its id, when it has none', () => {
    const body = JSON.stringify({ ...cloudEvent, id: '' });
    expect(envelopeOf(parse(body)).id).toBe(`sha256-hash(message-1\n${body})`);
  });

  it('keeps the id it was first known by, when a redrive carried it as an attribute', () => {
    const parsed = parse({ ...cloudEvent, id: null }, { requestIdAttribute: 'first-id' });
    expect(envelopeOf(parsed).id).toBe('first-id');
  });

  it('loses a trace context that is broken, and nothing else', () => {
    const parsed = envelopeOf(parse({ ...cloudEvent, traceparent: 'nonsense', tracestate: 'a=b' }));
    expect(parsed).not.toHaveProperty('traceparent');
    expect(parsed).not.toHaveProperty('tracestate');
  });
});

describe('plain JSON', () => {
  it('with an id is a put of the whole object', () => {
    const order = { id: 'order-1', type: 'shoe', price: 3 };
    expect(envelopeOf(parse(order))).toMatchObject({
      id: 'order-1',
      source: '/foreign',
      type: 'latido.state.changed.v1',
      subject: '/foreign',
      data: { operation: 'put', value: order },
    });
  });

  it('in the shape of a command is taken as it says', () => {
    const command = { id: 'c1', subject: 'cart-7', operation: 'merge', data: { n: 1 } };
    expect(envelopeOf(parse(command))).toMatchObject({
      subject: 'cart-7',
      data: { operation: 'merge', value: { n: 1 } },
    });
  });

  it('may have a number as its id', () => {
    expect(envelopeOf(parse({ id: 42 })).id).toBe('42');
  });

  it('without an id: two messages with one body are two events', () => {
    const ids = ['message-1', 'message-2'].map(
      (messageId) => envelopeOf(parse({ on: true }, { messageId })).id,
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('without an id: two messages with one body are one event, by choice', () => {
    const ids = ['message-1', 'message-2'].map(
      (messageId) => envelopeOf(parse({ on: true }, { messageId, missingIdFrom: 'body' })).id,
    );
    expect(new Set(ids).size).toBe(1);
  });
});

describe('an SNS notification of a subscription without raw delivery', () => {
  it('is unwrapped', () => {
    const wrapped = { Type: 'Notification', TopicArn: 'arn', Message: JSON.stringify(cloudEvent) };
    expect(envelopeOf(parse(wrapped)).id).toBe('event-1');
  });
});

describe('what cannot be read says why', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  it.each([
    ['no JSON', 'hello', 'not_json', 'not JSON'],
    ['an array', [1], 'not_an_object', 'not an object'],
    ['a body over 256 KB', { text: 'x'.repeat(262_144) }, 'too_large', '262144 are allowed'],
    ['a body over 256 KB only in UTF-8', { text: 'ä'.repeat(140_000) }, 'too_large', 'bytes'],
    ['nesting without end', `{"id":"1","data":${deep}}`, 'too_deep', 'too deep'],
    [
      'a number that would be rounded',
      '{"id":"1","n":9007199254740993}',
      'number_out_of_range',
      'as a string',
    ],
    ['a number that would be infinite', '{"id":"1","n":1e999}', 'number_out_of_range', 'as a string'],
    ['half a surrogate pair in a text', String.raw`{"id":"1","n":["\ud800"]}`, 'lone_surrogate', 'surrogate'],
    ['half a surrogate pair in a name', String.raw`{"id":"1","\udc00":1}`, 'lone_surrogate', 'surrogate'],
    ['another CloudEvents version', { ...cloudEvent, specversion: '0.3' }, 'unsupported_specversion', '1.0'],
    [
      'a subject over 256 characters',
      { ...cloudEvent, subject: 'x'.repeat(257) },
      'invalid_attribute',
      'subject must have at most 256',
    ],
    [
      'a source that is no string',
      { ...cloudEvent, source: 7 },
      'invalid_attribute',
      'source must be a string',
    ],
    ['a missing type', { ...cloudEvent, type: undefined }, 'invalid_attribute', 'type is missing'],
    ['an id that is no string', { ...cloudEvent, id: {} }, 'invalid_attribute', 'id must be a string'],
    ['a time that is none', { ...cloudEvent, time: 'yesterday' }, 'invalid_attribute', 'time must be a time'],
    [
      'a negative lamport',
      { ...cloudEvent, lamport: -1 },
      'invalid_attribute',
      'lamport must be a whole number',
    ],
    [
      'a lamport beyond the safe range',
      { ...cloudEvent, lamport: '9007199254740993' },
      'invalid_attribute',
      'lamport',
    ],
    ['a sequence that is no number', { ...cloudEvent, sequence: 'first' }, 'invalid_attribute', 'sequence'],
    ['binary data', { ...cloudEvent, data_base64: 'AA==' }, 'invalid_attribute', 'data_base64'],
    ['XML', { ...cloudEvent, datacontenttype: 'application/xml' }, 'invalid_attribute', 'datacontenttype'],
  ])('%s', (_what, body, reason, detail) => {
    expect(parse(body)).toMatchObject({
      outcome: 'unreadable',
      reason,
      detail: expect.stringContaining(detail),
    });
  });

  it('names every attribute that is wrong, not only the first', () => {
    expect(parse({ ...cloudEvent, subject: 1, lamport: 'x' })).toMatchObject({
      detail: expect.stringMatching(/subject.*; lamport/),
    });
  });
});
