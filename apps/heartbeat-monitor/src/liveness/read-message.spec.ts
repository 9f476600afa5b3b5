import { anything, assert, property, string } from 'fast-check';
import { aHeartbeat } from '@latido/heartbeat/testing';
import { readMessage } from './read-message';

const read = (body: string) => readMessage({ body, messageId: 'm-1', sentAtMs: 0 }, (text) => text);
const event = (change: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    specversion: '1.0',
    id: 'e-1',
    source: '/shop',
    type: 'latido.heartbeat.v1',
    data: aHeartbeat(),
    ...change,
  });

describe('readMessage', () => {
  test('reads a heartbeat', () => {
    expect(read(event({}))).toEqual({ kind: 'heartbeat', heartbeat: aHeartbeat() });
  });

  test('reads a canary', () => {
    const data = { id: '7-1', replica: 0 };
    expect(read(event({ type: 'latido.canary.v1', data }))).toEqual({ kind: 'canary', id: '7-1' });
  });

  test.each([
    ['malformed', 'text that is not JSON', 'heart'],
    ['malformed', 'an empty object, which is no event', event({ data: {} })],
    ['malformed', 'a service name that could forge a label', event({ data: aHeartbeat({ service: 'a"}' }) })],
    ['malformed', 'a negative seq', event({ data: aHeartbeat({ seq: -1 }) })],
    ['malformed', 'a canary without an id', event({ type: 'latido.canary.v1', data: {} })],
    [
      'malformed',
      'a canary with an endless id',
      event({ type: 'latido.canary.v1', data: { id: 'x'.repeat(200) } }),
    ],
    ['too_large', 'a megabyte', 'x'.repeat(1_000_000)],
    ['unknown_type', 'an event of another kind', event({ type: 'latido.state.changed.v1' })],
  ])('refuses as %s: %s', (reason, _what, body) => {
    expect(read(body)).toMatchObject({ kind: 'refused', reason });
  });

  test('never throws, whatever the text', () => {
    assert(property(string(), (body) => read(body).kind === 'refused'));
  });

  test('never throws, whatever the data of a heartbeat', () => {
    assert(
      property(anything(), (data) => {
        expect(read(event({ data: data ?? null })).kind).toMatch(/heartbeat|refused/);
      }),
    );
  });
});
