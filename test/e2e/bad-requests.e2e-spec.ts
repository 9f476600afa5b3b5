import { eventually } from '@latido/testing';
import { PAYLOAD_MARKER } from '../rig/discretion';
import { Scene } from '../rig/scene';

const GOOD = { subject: 'cart-1', operation: 'put', data: { f: PAYLOAD_MARKER } };
const PROBLEM = { contentType: expect.stringContaining('application/problem+json') };

describe('requests that cannot be served', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.open();
    await scene.start('service-a', 'service-b', 'heartbeat-monitor');
  }, 60_000);
  afterAll(async () => scene.close());

  it.each([
    ['malformed JSON', '{"subject":', 400, 'malformed_request', []],
    ['JSON that is no object', '["cart-1"]', 422, 'invalid_request', ['']],
    ['nothing that is needed', {}, 422, 'invalid_request', ['/subject', '/operation']],
    [
      'several fields of wrong types',
      { subject: 7, operation: 'put', data: 'text', afterLamport: 'x' },
      422,
      'invalid_request',
      ['/subject', '/data', '/afterLamport'],
    ],
    ['unknown fields', { ...GOOD, colour: 'red', size: 3 }, 422, 'invalid_request', ['/colour', '/size']],
    ['an unknown operation', { ...GOOD, operation: 'drop' }, 422, 'invalid_request', ['/operation']],
    [
      'a subject over 256 characters',
      { ...GOOD, subject: 's'.repeat(257) },
      422,
      'invalid_request',
      ['/subject'],
    ],
    ['an event over 256 KB', { ...GOOD, data: { f: 'x'.repeat(270_000) } }, 413, 'body_too_large', []],
    [
      'an event over 256 KB with its envelope',
      { ...GOOD, data: { f: 'x'.repeat(261_000) } },
      413,
      'body_too_large',
      [],
    ],
  ] as const)(
    'POST /events with %s is answered with problem details that name each field',
    async (_what, body, status, code, pointers) =>
      scene.tell(async () => {
        const answer = await scene.a.post('/events', body);
        expect(answer).toMatchObject({
          ...PROBLEM,
          status,
          body: { status, code, type: expect.any(String) },
        });
        const { errors = [] } = answer.body as { readonly errors?: readonly { readonly pointer: string }[] };
        expect(new Set(errors.map(({ pointer }) => pointer))).toEqual(new Set(pointers));
      }),
  );

  it('the same Idempotency-Key with another body is 422, and the first result is untouched', async () =>
    scene.tell(async () => {
      const key = { 'idempotency-key': 'one-key' };
      const first = await scene.a.post('/events', GOOD, key);
      expect(first.status).toBe(202);
      const other = await scene.a.post('/events', { ...GOOD, data: { f: 'other' } }, key);
      expect(other).toMatchObject({ ...PROBLEM, status: 422, body: { code: 'idempotency_key_reused' } });
      const again = await scene.a.post('/events', GOOD, key);
      expect([again.status, again.body]).toEqual([202, first.body]);
    }));

  it('an entry of a batch that is not valid costs its neighbours nothing', async () =>
    scene.tell(async () => {
      const { status, body } = await scene.a.post('/events/batch', {
        events: [GOOD, { ...GOOD, operation: 'drop' }, GOOD],
      });
      expect([status, body]).toMatchObject([
        207,
        {
          results: [
            { status: 202 },
            { status: 422, problem: { errors: [{ pointer: '/operation' }] } },
            { status: 202 },
          ],
        },
      ]);
    }));

  it('a body that is not JSON is 415, an Idempotency-Key that cannot be stored 422', async () =>
    scene.tell(async () => {
      const text = await scene.a.post('/events', 'subject=cart-1', { 'content-type': 'text/plain' });
      expect(text).toMatchObject({ ...PROBLEM, status: 415, body: { code: 'media_type_unsupported' } });
      const key = await scene.a.post('/events', GOOD, { 'idempotency-key': 'k'.repeat(256) });
      expect(key).toMatchObject({ ...PROBLEM, status: 422, body: { code: 'invalid_request' } });
    }));

  it('a version that a known subject does not have is 404', async () =>
    scene.tell(async () => {
      await scene.a.post('/events', { ...GOOD, subject: 'short-history' });
      await eventually(
        async () => expect(await scene.b.get('/services/short-history')).toMatchObject({ status: 200 }),
        { withinMs: 20_000 },
      );
      for (const path of [
        'versions/2',
        'versions/0',
        'at?lamport=0',
        'at?time=2001-01-01T00:00:00Z',
        'diff?from=1&to=2',
      ]) {
        const answer = await scene.b.get(`/services/short-history/${path}`);
        expect([path, answer]).toMatchObject([
          path,
          { ...PROBLEM, status: 404, body: { code: 'version_unknown' } },
        ]);
      }
    }));

  it.each([
    ['service-a', '/events/no-such-event', 'event_unknown'],
    ['service-a', '/subjects/no-such-subject', 'subject_unknown'],
    ['service-b', '/services/no-such-subject', 'subject_unknown'],
    ['service-b', '/services/no-such-subject/versions', 'subject_unknown'],
    ['service-b', '/services/no-such-subject/versions/1', 'subject_unknown'],
    ['service-b', '/services/no-such-subject/at?lamport=1', 'subject_unknown'],
    ['service-b', '/services/no-such-subject/diff?from=1&to=2', 'subject_unknown'],
    ['heartbeat-monitor', '/api/services/no-such-service', 'service_unknown'],
    ['heartbeat-monitor', '/api/history/no-such-service', 'service_unknown'],
    ['heartbeat-monitor', '/api/no-such-route', 'route_unknown'],
  ] as const)('%s answers GET %s with 404 and the code %s', async (app, path, code) =>
    scene.tell(async () => {
      const answer = await scene.clientOf(app).get(path);
      expect(answer).toMatchObject({ ...PROBLEM, status: 404, body: { code, status: 404 } });
    }),
  );

  it.each([
    ['service-a', '/events'],
    ['service-a', '/events/batch'],
    ['service-a', '/dead-letters/redrive'],
    ['service-b', '/consumer/process'],
    ['service-b', '/services/cart-1/rollback'],
  ] as const)('%s answers POST %s without a token with 401', async (app, path) =>
    scene.tell(async () => {
      const response = await fetch(scene.clientOf(app).url + path, { method: 'POST' });
      expect([response.status, await response.json()]).toMatchObject([401, { code: 'unauthenticated' }]);
    }),
  );
});
