import request from 'supertest';
import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { FixtureModule } from '../../tools/fixture-service/fixture.module';
import { fixtureService } from '../../tools/fixture-service/fixture-service';

describe('the HTTP edge of a service', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startTestHost(fixtureService, (given) => FixtureModule.with(given));
  });
  afterAll(() => host.close());

  const get = (path: string) => request(host.server).get(path);
  const post = (path: string) => request(host.server).post(path).set('authorization', host.authorization);
  const problem = (answer: request.Response) => {
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    const body = answer.body as { readonly [name: string]: unknown };
    expect(body).toMatchObject({ status: answer.status, type: `urn:latido:problem:${String(body['code'])}` });
    return body;
  };

  describe('bodies', () => {
    it('accepts one that its schema accepts', async () => {
      const answer = await post('/notes').send({ subject: 'n', count: 1 }).expect(202);
      expect(answer.body).toMatchObject({ subject: 'n' });
    });

    it('answers 400 to malformed JSON', async () => {
      const answer = await post('/notes')
        .set('content-type', 'application/json')
        .send('{"subject": ')
        .expect(400);
      expect(problem(answer)).toMatchObject({ code: 'malformed_request' });
    });

    it('answers 422 naming each field that is missing, unknown or of the wrong type', async () => {
      const answer = await post('/notes').send({ count: '1', 'a/b': true, data: [] }).expect(422);
      expect(problem(answer)).toMatchObject({
        code: 'invalid_request',
        errors: [
          { pointer: '/subject', detail: 'is missing' },
          { pointer: '/a~1b', detail: 'is not a known field' },
          { pointer: '/count', detail: 'must be integer' },
          { pointer: '/data', detail: 'must be object' },
        ],
      });
    });

    it('answers 422 to JSON that is no object', async () => {
      const answer = await post('/notes').set('content-type', 'application/json').send('7').expect(422);
      expect(problem(answer)).toMatchObject({ errors: [{ pointer: '', detail: 'must be object' }] });
    });

    it('names twenty fields at most', async () => {
      const unknown = Object.fromEntries(Array.from({ length: 100 }, (_, each) => [`f${each}`, each]));
      const answer = await post('/notes').send(unknown).expect(422);
      expect(problem(answer)['errors']).toHaveLength(20);
    });

    it('answers 413 to a body over 256 KB', async () => {
      const answer = await post('/notes').send({ subject: 'n', data: { text: 'x'.repeat(256 * 1024) } });
      expect(answer.status).toBe(413);
      expect(problem(answer)).toMatchObject({ code: 'body_too_large' });
    });

    it('answers 415 to a body that is not JSON, and to none', async () => {
      expect((await post('/notes').set('content-type', 'text/plain').send('x')).status).toBe(415);
      expect(problem(await post('/notes').expect(415))).toMatchObject({ code: 'media_type_unsupported' });
    });
  });

  describe('queries', () => {
    it('are read as the types of their schema, with its defaults', async () => {
      expect((await get('/notes?limit=7').expect(200)).body).toEqual({ limit: 7 });
      expect((await get('/notes').expect(200)).body).toEqual({ limit: 20 });
    });

    it('are answered 422 naming the parameter', async () => {
      const answer = await get('/notes?limit=0&page=2').expect(422);
      expect(problem(answer)['errors']).toEqual([
        { pointer: '?page', detail: 'is not a known field' },
        { pointer: '?limit', detail: 'must be >= 1' },
      ]);
    });
  });

  describe('errors', () => {
    it('answers 404 to an unknown id with what the handler says', async () => {
      expect(problem(await get('/notes/x').expect(404))).toMatchObject({
        code: 'subject_unknown',
        detail: 'there is no note "x"',
      });
    });

    it('answers 404 to a path that nothing answers', async () => {
      expect(problem(await get('/nothing').expect(404))).toMatchObject({ code: 'route_unknown' });
    });

    it('answers 400 to a URL that cannot be decoded', async () => {
      expect(problem(await get('/notes/%E0%A4%A').expect(400))).toMatchObject({ code: 'malformed_request' });
    });

    it('tells the log, and only the log, what broke', async () => {
      const answer = await get('/notes/broken').expect(500);
      expect(problem(answer)).toMatchObject({ code: 'internal_error' });
      expect(answer.text).not.toContain('hunter2');
      const line = host.logs.find(({ event }) => event === 'request_failed');
      expect(JSON.stringify(line)).toContain('hunter2');
    });
  });

  describe('access', () => {
    it('lets everybody read', async () => {
      await get('/notes').expect(200);
    });

    it('answers 401 without a token, with a wrong one, and with another scheme', async () => {
      const attempts = [undefined, 'Bearer wrong', 'Bearer ', host.authorization.replace('Bearer', 'Basic')];
      for (const authorization of attempts) {
        const asked = request(host.server).post('/notes').send({ subject: 'n' });
        const answer = await (authorization === undefined
          ? asked
          : asked.set('authorization', authorization));
        expect(answer.status).toBe(401);
        expect(answer.headers['www-authenticate']).toBe('Bearer');
        expect(problem(answer)).toMatchObject({ code: 'unauthenticated' });
      }
    });

    it('writes an audit line for an act of an operator, done or failed', async () => {
      await post('/notes/n1/rollback').expect(200);
      await post('/notes/unknown/rollback').expect(404);
      const audit = host.logs.filter(({ event }) => event === 'audit');
      expect(audit).toEqual([
        expect.objectContaining({
          action: 'rollback',
          outcome: 'done',
          caller: 'local',
          path: '/notes/n1/rollback',
        }),
        expect.objectContaining({ action: 'rollback', outcome: 'failed', code: 'version_unknown' }),
      ]);
    });
  });

  describe('what every service answers', () => {
    it('tells who it is at /info', async () => {
      expect((await get('/info').expect(200)).body).toMatchObject({
        service: 'fixture-service',
        version: 'development',
        instance: 'test-instance',
        incarnation: '1000-test',
        epoch: 1_000,
      });
    });

    it('is live, started and ready', async () => {
      for (const probe of ['live', 'startup', 'ready']) await get(`/health/${probe}`).expect(200);
    });

    it('is not ready, with each reason, while a check fails, and live all the same', async () => {
      let reason: string | undefined = 'queue events does not answer';
      host.parts.readiness.register({
        name: 'queue',
        check: () => (reason === undefined ? { ok: true } : { ok: false, reason }),
      });
      expect(problem(await get('/health/ready').expect(503))).toMatchObject({
        code: 'not_ready',
        errors: [{ name: 'queue', detail: reason }],
      });
      await get('/health/live').expect(200);
      reason = undefined;
      await get('/health/ready').expect(200);
    });

    it('documents at /docs what it checks', async () => {
      expect((await get('/docs').redirects(1).expect(200)).text).toContain('swagger-ui');
      const document = (await get('/docs-json').expect(200)).body as {
        readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      };
      expect(document.paths['/notes']?.['post']).toMatchObject({
        requestBody: { content: { 'application/json': { schema: { required: ['subject'] } } } },
      });
      expect(document.paths['/notes']?.['get']).toMatchObject({
        parameters: [{ name: 'limit', in: 'query', required: false }],
      });
      await get('/docs/swagger-ui.css').expect(200);
    });
  });

  describe('observation', () => {
    it('measures requests by route pattern, also those that no route answers', async () => {
      await get('/notes/secret-path').expect(404);
      const page = await host.parts.exposition.write();
      expect(page).toMatch(
        /http_server_request_duration_seconds_count\{http_request_method="GET",http_route="\/notes\/:id",http_response_status_code="404"\} \d/,
      );
      expect(page).toContain('http_route="_unmatched",http_response_status_code="404"');
      expect(page).not.toContain('secret-path');
    });

    it('writes an access line without query, headers and body, and none for probes', async () => {
      await post('/notes?token=q1')
        .set('x-secret', 'h1')
        .send({ subject: 's', data: { b1: 1 } })
        .expect(202);
      await get('/health/live').expect(200);
      const lines = host.logs.filter(({ event }) => event === 'http_request');
      expect(lines.at(-1)).toMatchObject({ method: 'POST', path: '/notes', status: 202, level: 'info' });
      expect(JSON.stringify(lines)).not.toMatch(/q1|h1|b1|health|a-token-for-tests/);
    });
  });
});
