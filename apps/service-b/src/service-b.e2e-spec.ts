import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { eventually } from '@latido/testing';
import request from 'supertest';
import { AppModule } from './app.module';
import { serviceB } from './configuration';
import { anEventBody, putOf } from './testing/an-event-message';
import { InMemoryWorld } from './testing/in-memory-infrastructure';

const MANUAL = { LOCAL_API_TOKEN: 'a-token-for-tests', CONSUMER_MODE: 'manual' };

describe('the API of service-b', () => {
  let world: InMemoryWorld;
  let host: TestHost;

  const start = async (): Promise<void> => {
    world = new InMemoryWorld();
    host = await startTestHost(serviceB, (given) => AppModule.with(given, world.infrastructure), MANUAL);
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= host.parts.stop.run().then(() => host.close());
    return stopping;
  };
  beforeAll(() => start());
  afterAll(() => stop());

  /** One host serves all tests; each has subject and ids of its own. */
  let subject = '';
  let tests = 0;
  beforeEach(() => {
    tests += 1;
    subject = `cart-${tests}`;
  });
  const id = (name: string): string => `${name}-of-${subject}`;
  const change = (name: string, overrides: Parameters<typeof anEventBody>[1] = {}): string =>
    anEventBody(id(name), { subject, ...overrides });

  const get = (path: string) => request(host.server).get(path);
  const process = () =>
    request(host.server).post('/consumer/process').set('Authorization', host.authorization);
  const rollBack = (subject: string, body: object, headers: Record<string, string> = {}) =>
    request(host.server)
      .post(`/services/${encodeURIComponent(subject)}/rollback`)
      .set({ Authorization: host.authorization, ...headers })
      .send(body);
  const send = async (...bodies: readonly string[]): Promise<void> => {
    await world.events.sendBatch(bodies.map((body) => ({ body, attributes: {} })));
    await process().expect(200);
  };
  /** The subject at version 3: 1, then 2, then deleted. */
  const threeVersions = () =>
    send(
      change('e1', { data: putOf({ n: 1 }), lamport: 10 }),
      change('e2', { data: putOf({ n: 2 }), lamport: 20 }),
      change('e3', { data: { operation: 'delete' }, lamport: 30 }),
    );

  describe('GET /services', () => {
    it('lists every subject once, page by page', async () => {
      const names = ['a', 'b', 'c'].map(id);
      await send(...names.map((name) => anEventBody(name, { subject: name })));
      const listed: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await get('/services').query({ limit: 2, cursor }).expect(200);
        listed.push(...body.items.map((item: { subject: string }) => item.subject));
        ({ cursor } = body);
      } while (cursor !== undefined);
      expect(listed).toEqual(expect.arrayContaining(names));
      expect(new Set(listed).size).toBe(listed.length);
    });

    it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=nonsense', 'foo=1'])('refuses ?%s', async (query) => {
      const { body } = await get(`/services?${query}`).expect(422);
      expect(body).toMatchObject({
        code: 'invalid_request',
        errors: [{ pointer: `?${query.split('=')[0]}` }],
      });
    });
  });

  describe('GET /services/{subject}', () => {
    it('answers the current value, with its version as entity tag', async () => {
      await send(change('e1', { data: putOf({ n: 1 }), lamport: 10 }));
      const { body, headers } = await get(`/services/${subject}`).expect(200);
      expect(headers['etag']).toBe('"1"');
      expect(body).toMatchObject({ subject, version: 1, value: { n: 1 }, lamport: 10, clock: 11 });
    });

    it('says that a subject was deleted', async () => {
      await threeVersions();
      const { body } = await get(`/services/${subject}`).expect(200);
      expect(body).toMatchObject({ version: 3, deleted: true });
      expect(body).not.toHaveProperty('value');
    });

    it('takes subjects that are URL-encoded', async () => {
      const odd = `${subject}/7 ä`;
      await send(change('e1', { subject: odd }));
      const { body } = await get(`/services/${encodeURIComponent(odd)}`).expect(200);
      expect(body.subject).toBe(odd);
    });

    it.each(['nobody', 'x'.repeat(300)])('answers 404 for the unknown subject %s', async (nobody) => {
      const { body } = await get(`/services/${nobody}`)
        .expect(404)
        .expect('content-type', /problem\+json/);
      expect(body.code).toBe('subject_unknown');
    });
  });

  describe('the history of a subject', () => {
    beforeEach(threeVersions);

    it('is listed newest first', async () => {
      const { body } = await get(`/services/${subject}/versions?limit=2`).expect(200);
      expect(body.items.map(({ version }: { version: number }) => version)).toEqual([3, 2]);
      const next = await get(`/services/${subject}/versions`).query({ cursor: body.cursor }).expect(200);
      expect(next.body.items.map(({ version }: { version: number }) => version)).toEqual([1]);
    });

    it('can be read at a version', async () => {
      expect((await get(`/services/${subject}/versions/2`).expect(200)).body).toMatchObject({
        value: { n: 2 },
      });
    });

    it.each(['4', '0', 'x', '99999999999999999'])('answers 404 for version %s', async (number) => {
      expect((await get(`/services/${subject}/versions/${number}`).expect(404)).body.code).toBe(
        'version_unknown',
      );
    });

    it('can be read at a Lamport time and at a wall time', async () => {
      expect((await get(`/services/${subject}/at?lamport=21`).expect(200)).body.version).toBe(2);
      expect((await get(`/services/${subject}/at?time=2999-01-01T00:00:00Z`).expect(200)).body.version).toBe(
        3,
      );
      expect((await get(`/services/${subject}/at?lamport=1`).expect(404)).body.code).toBe('version_unknown');
    });

    it.each(['', '?lamport=-1', '?time=yesterday', '?lamport=1&time=2999-01-01T00:00:00Z'])(
      'refuses the instant "%s"',
      async (query) => {
        expect((await get(`/services/${subject}/at${query}`).expect(422)).body.code).toBe('invalid_request');
      },
    );

    it('is compared as a JSON Patch', async () => {
      const { body } = await get(`/services/${subject}/diff?from=1&to=2`).expect(200);
      expect(body.patch).toEqual([{ op: 'replace', path: '/n', value: 2 }]);
    });

    it('answers 404 for an unknown subject, whatever is asked of it', async () => {
      for (const path of ['versions', 'versions/1', 'at?lamport=1', 'diff?from=1&to=2'])
        expect((await get(`/services/nobody/${path}`).expect(404)).body.code).toBe('subject_unknown');
    });
  });

  describe('POST /services/{subject}/rollback', () => {
    beforeEach(threeVersions);

    it('makes a new version with the old value, stamped above everything before', async () => {
      const { body, headers } = await rollBack(subject, { toVersion: 1 }, { 'If-Match': '"3"' }).expect(200);
      expect(body).toMatchObject({ version: 4, value: { n: 1 }, cause: { kind: 'rollback', toVersion: 1 } });
      expect(body.lamport).toBeGreaterThan(32);
      expect(headers['etag']).toBe('"4"');
    });

    it('is one rollback, however often it is repeated with its key', async () => {
      const again = () =>
        rollBack(subject, { toVersion: 1 }, { 'If-Match': '3', 'Idempotency-Key': id('key') }).expect(200);
      expect((await again()).body.version).toBe(4);
      expect((await again()).body.version).toBe(4);
    });

    it('refuses a subject of the platform', async () => {
      const headers = { 'If-Match': '"1"' };
      const { body } = await rollBack('service#cart', { toVersion: 1 }, headers).expect(422);
      expect(body).toMatchObject({ code: 'invalid_request' });
    });

    it('refuses a key that was used for another rollback', async () => {
      await rollBack(subject, { toVersion: 1 }, { 'If-Match': '3', 'Idempotency-Key': id('key') }).expect(
        200,
      );
      const other = await rollBack(
        subject,
        { toVersion: 2 },
        { 'If-Match': '3', 'Idempotency-Key': id('key') },
      );
      expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    });

    it.each([
      [412, 'precondition_failed', 'known', { toVersion: 1 }, { 'If-Match': '"2"' }],
      [428, 'precondition_required', 'known', { toVersion: 1 }, {}],
      [404, 'version_unknown', 'known', { toVersion: 9 }, { 'If-Match': '"3"' }],
      [404, 'subject_unknown', 'nobody', { toVersion: 1 }, { 'If-Match': '"3"' }],
      [422, 'invalid_request', 'known', { toVersion: 0 }, { 'If-Match': '"3"' }],
      [422, 'invalid_request', 'known', { toVersion: 1, more: 1 }, { 'If-Match': '"3"' }],
      [422, 'invalid_request', 'known', { toVersion: 1 }, { 'If-Match': '*' }],
    ])('answers %i %s', async (status, code, whose, body, headers) => {
      const answer = await rollBack(whose === 'known' ? subject : whose, body, headers);
      expect(answer).toMatchObject({ status, body: { code } });
      expect((await get(`/services/${subject}`)).body.version).toBe(3);
    });

    it('answers 410 when retention has removed the value', async () => {
      const version = await world.stores.versions.read(subject, 1);
      await world.stores.versions.prune({
        ...version!,
        content: { kind: 'pruned' },
        expiresAtEpochSeconds: 4e9,
      });
      const answer = await rollBack(subject, { toVersion: 1 }, { 'If-Match': '"3"' });
      expect(answer).toMatchObject({ status: 410, body: { code: 'version_pruned' } });
      expect((await get(`/services/${subject}/versions/1`)).status).toBe(410);
    });

    it('needs a token', async () => {
      await request(host.server).post(`/services/${subject}/rollback`).send({ toVersion: 1 }).expect(401);
    });
  });

  describe('the consumer', () => {
    it('processes one batch on request, and says what it came to', async () => {
      await world.events.sendBatch([change('e1'), 'no json'].map((body) => ({ body, attributes: {} })));
      const { body } = await process().expect(200);
      expect(body).toEqual({ received: 2, acknowledged: 1, givenBack: 0, deadLettered: 1 });
      expect((await get('/consumer')).body).toMatchObject({
        mode: 'manual',
        status: 'paused',
        inFlight: 0,
        lastBatch: { received: 2 },
        slots: [0, 1, 2],
      });
    });

    it('refuses a batch on request while it consumes by itself, until the mode is changed', async () => {
      const put = (mode: string) =>
        request(host.server).put('/consumer').set('Authorization', host.authorization).send({ mode });
      await put('auto').expect(200);
      expect((await process().expect(409)).body.code).toBe('consumer_mode_conflict');
      await put('manual').expect(200);
      await process().expect(200);
    });

    it('refuses a mode that there is not', async () => {
      const put = request(host.server).put('/consumer').set('Authorization', host.authorization);
      expect((await put.send({ mode: 'sometimes' }).expect(422)).body.errors).toMatchObject([
        { pointer: '/mode' },
      ]);
    });

    it('moves poison to the dead-letter queue with its reason, and tells who sent it', async () => {
      await send(change('e1', { data: { operation: 'explode' } }));
      const take = { maxMessages: 1_000, visibilitySeconds: 0, waitSeconds: 0 };
      expect(await world.deadLetters.receive(take)).toContainEqual(
        expect.objectContaining({
          attributes: expect.objectContaining({ deadLetterReason: 'invalid_data', requestId: id('e1') }),
        }),
      );
      const receipt = (await world.receipts.receive(take)).at(-1);
      expect(JSON.parse(receipt?.body ?? '{}')).toMatchObject({
        causedby: id('e1'),
        data: { outcome: 'failed', certain: true, reason: 'invalid_data' },
      });
    });
  });

  describe('readiness', () => {
    it('turns false with the reason while a dependency is away, holds consumption, and recovers by itself', async () => {
      await get('/health/ready').expect(200);
      world.outage = new Error('ECONNREFUSED');
      await eventually(
        async () => {
          const { body, status } = await get('/health/ready');
          expect([status, body.errors]).toEqual([503, [{ name: 'dynamodb', detail: 'ECONNREFUSED' }]]);
        },
        { withinMs: 10_000 },
      );
      world.outage = undefined;
      await eventually(() => get('/health/ready').expect(200), { withinMs: 10_000 });
    });
  });

  it('says who it is, with the epoch of this start', async () => {
    const { body } = await get('/info').expect(200);
    expect(body).toMatchObject({ service: 'service-b', epoch: 0, incarnation: '0-test' });
  });

  it('documents every route, with the bounds of its parameters', async () => {
    const { body } = await get('/docs-json').expect(200);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/services/{subject}/at', '/services/{subject}/rollback', '/consumer/process']),
    );
    const [limit] = body.paths['/services'].get.parameters;
    expect(limit).toMatchObject({ name: 'limit', schema: { minimum: 1, maximum: 100 } });
  });

  it('gives its slots back and says goodbye when it stops', async () => {
    await stop();
    const writers = await world.stores.writers.readAll('service-b');
    expect(writers.map(({ state }) => state)).toEqual(['released', 'released', 'released']);
    const received = await world.heartbeats.receive({
      maxMessages: 50,
      visibilitySeconds: 0,
      waitSeconds: 0,
    });
    const beats = received.map(({ body }) => JSON.parse(body).data);
    expect(beats.map(({ state }) => state)).toEqual(expect.arrayContaining(['starting', 'up', 'goodbye']));
    const edges = beats.flatMap((beat) => beat.edges).map(({ role, topic }) => `${role} of ${topic}`);
    expect(edges).toEqual(expect.arrayContaining(['consumer of state-events', 'producer of receipts']));
  });
});
