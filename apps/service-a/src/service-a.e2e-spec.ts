import { createServer, type Server } from 'node:net';
import request from 'supertest';
import { eventually } from '@latido/testing';
import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { Outbox } from '@latido/write-ahead-log';
import { ServiceAModule } from './app.module';
import { serviceA } from './configuration';
import { MemoryInfrastructure } from './testing/memory-infrastructure';

const TOKEN = 'a-token-for-tests';

describe('service-a over HTTP', () => {
  let infrastructure: MemoryInfrastructure;
  let host: TestHost;
  /** Of this test alone: hosts are shared, because each says a goodbye of 400 ms. */
  let subject: string;
  let put: { readonly subject: string; readonly operation: string; readonly data: object };
  let subjects = 0;

  beforeEach(() => {
    subject = `cart-${(subjects += 1)}`;
    put = { subject, operation: 'put', data: { items: 2 } };
  });

  const start = async (environment: Record<string, string> = {}) => {
    infrastructure = new MemoryInfrastructure();
    host = await startTestHost(
      serviceA,
      (given) => ServiceAModule.with(given, { connect: async () => infrastructure, isConsuming: false }),
      { LOCAL_API_TOKEN: TOKEN, SERVICE_B_RPC_URL: '127.0.0.1:1', ...environment },
    );
  };
  const get = (path: string) => request(host.server).get(path);
  const post = (path: string) => request(host.server).post(path).set('Authorization', host.authorization);
  const entries = () => infrastructure.outbox.all().filter((entry) => entry.subject === subject);
  const settleAll = async (
    result: { readonly version: number } | { readonly reason: string; readonly certain: boolean },
  ) => {
    const settler = new Outbox(
      { store: infrastructure.outbox, now: Date.now },
      { entryLifeMs: 1, overdueAfterMs: 1 },
    );
    for (const { id, fingerprint } of entries())
      await settler.settle(
        'version' in result
          ? { id, fingerprint, result: 'complete', ...result }
          : { id, fingerprint, result: 'failed', ...result },
      );
  };

  describe('with its default settings', () => {
    beforeAll(async () => start());
    afterAll(async () => host.close());

    describe('POST /events', () => {
      it('answers 202 with id, subject, status, Lamport time and links, and says where the event is', async () => {
        const { body, headers } = await post('/events').send(put).expect(202);
        expect(body).toEqual({
          id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
          subject,
          status: 'pending',
          lamport: expect.any(Number) as number,
          links: { self: `/events/${String(body.id)}`, subject: `/subjects/${subject}` },
        });
        expect(headers['location']).toBe(body.links.self);
        await get(String(headers['location'])).expect(200);
      });

      it('answers a copy with the same key as the first, and 422 to another body', async () => {
        const first = await post('/events').set('Idempotency-Key', subject).send(put).expect(202);
        const copy = await post('/events').set('Idempotency-Key', subject).send(put).expect(202);
        expect(copy.body).toEqual(first.body);
        const other = { ...put, data: { items: 3 } };
        const refused = await post('/events').set('Idempotency-Key', subject).send(other).expect(422);
        expect(refused.body).toMatchObject({ code: 'idempotency_key_reused', status: 422 });
        expect(entries()).toHaveLength(1);
      });

      it('takes no event without a token', async () => {
        await request(host.server).post('/events').send(put).expect(401);
      });

      it.each([
        ['malformed JSON', '{"subject":', 400, 'malformed_request', undefined],
        ['a wrong type', '{"subject":7,"operation":"delete"}', 422, 'invalid_request', ['/subject']],
        [
          'a subject of the platform',
          '{"subject":"service#a","operation":"delete"}',
          422,
          'invalid_request',
          ['/subject'],
        ],
        [
          'half a surrogate pair',
          String.raw`{"subject":"s","operation":"put","data":{"a":["\ud800"]}}`,
          422,
          'invalid_request',
          ['/data'],
        ],
        ['an unknown field', '{"subject":"s","operation":"delete","x":1}', 422, 'invalid_request', ['/x']],
        [
          'a subject over 256 characters',
          JSON.stringify({ subject: 's'.repeat(257), operation: 'delete' }),
          422,
          'invalid_request',
          ['/subject'],
        ],
        [
          'a body over 256 KB',
          JSON.stringify({ subject: 's', operation: 'put', data: { text: 'x'.repeat(262_144) } }),
          413,
          'body_too_large',
          undefined,
        ],
        [
          'a body whose event is over 256 KB',
          JSON.stringify({ subject: 's', operation: 'put', data: { text: 'x'.repeat(260_000) } }),
          413,
          'body_too_large',
          undefined,
        ],
      ])('answers %s with problem details', async (_what, body, status, code, pointers) => {
        const answer = await post('/events')
          .set('Content-Type', 'application/json')
          .send(body)
          .expect(status);
        expect(answer.type).toBe('application/problem+json');
        expect(answer.body).toMatchObject({ status, code });
        const errors = (answer.body as { errors?: { pointer: string }[] }).errors;
        expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers);
        expect(infrastructure.outbox.all().filter((entry) => entry.subject === 's')).toEqual([]);
      });

      it('refuses a key that cannot be stored', async () => {
        await post('/events').set('Idempotency-Key', 'two words').send(put).expect(422);
      });
    });

    describe('POST /events/batch', () => {
      it('answers for each entry: a bad one costs its neighbours nothing', async () => {
        const events = [
          put,
          { subject: '' },
          { ...put, idempotencyKey: subject },
          { ...put, data: {}, idempotencyKey: subject },
        ];
        const { body } = await post('/events/batch').send({ events }).expect(207);
        expect(body.results).toMatchObject([
          { status: 202, event: { subject, status: 'pending' } },
          { status: 422, problem: { code: 'invalid_request' } },
          { status: 202, event: { subject } },
          { status: 422, problem: { code: 'idempotency_key_reused' } },
        ]);
      });

      it('answers 202 when all were accepted, and keeps the order within a subject', async () => {
        const events = Array.from({ length: 100 }, (_, i) => ({
          ...put,
          data: { i },
          subject: `${subject}-${i % 3}`,
        }));
        const { body } = await post('/events/batch').send({ events }).expect(202);
        const times = (body.results as { event: { subject: string; lamport: number } }[])
          .filter(({ event }) => event.subject === `${subject}-0`)
          .map(({ event }) => event.lamport);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      });

      it.each([
        ['no entry', { events: [] }],
        ['more than 100', { events: Array.from({ length: 101 }, () => ({})) }],
        ['no list', [{}]],
      ])('refuses a batch of %s', async (_what, body) => {
        await post('/events/batch').send(body).expect(422);
      });

      it('takes no key for the whole batch, because its entries fail one by one', async () => {
        await post('/events/batch')
          .set('Idempotency-Key', 'k')
          .send({ events: [put] })
          .expect(422);
      });
    });

    describe('GET /events', () => {
      beforeEach(async () => post('/events').send(put));

      it('shows a pending event with its message', async () => {
        const { id } = entries()[0]!;
        const { body } = await get(`/events/${id}`).expect(200);
        expect(body).toMatchObject({ id, status: 'pending', event: { specversion: '1.0', id } });
      });

      it('shows version of a complete, certainty and reason of a failed event', async () => {
        await settleAll({ certain: false, reason: 'dead_lettered' });
        const failed = await get(`/events?status=failed&subject=${subject}`).expect(200);
        expect(failed.body.items).toMatchObject([
          { status: 'failed', certain: false, reason: 'dead_lettered' },
        ]);
        await settleAll({ version: 3 });
        const complete = await get(`/events?status=complete&subject=${subject}`).expect(200);
        expect(complete.body.items).toMatchObject([{ status: 'complete', version: 3 }]);
      });

      it('goes on where a page ended', async () => {
        await post('/events').send(put);
        const first = await get('/events?limit=1').expect(200);
        const second = await get(`/events?limit=1&cursor=${String(first.body.cursor)}`).expect(200);
        expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
      });

      it('answers 404 for an unknown id, 400 for a cursor of its own making, 422 for an unknown status', async () => {
        expect((await get('/events/nobody').expect(404)).body).toMatchObject({ code: 'event_unknown' });
        expect((await get('/events?cursor=mine').expect(400)).body).toMatchObject({
          code: 'malformed_request',
        });
        expect((await get('/events?status=lost').expect(422)).body).toMatchObject({
          code: 'invalid_request',
        });
      });
    });

    describe('dead letters', () => {
      beforeEach(async () => {
        await post('/events').send(put);
        const { id, message } = entries()[0]!;
        await infrastructure.eventsDeadLetters.sendBatch([
          { body: message, attributes: { deadLetterReason: 'unknown_version', requestId: id } },
        ]);
        await settleAll({ certain: false, reason: 'unknown_version' });
      });

      afterEach(async () => post('/dead-letters/redrive'));
      const letterId = async (): Promise<string> => {
        const { body } = await get('/dead-letters').expect(200);
        return String(body.items[0].id);
      };

      it('are listed with queue, reason and message', async () => {
        const { body } = await get('/dead-letters').expect(200);
        expect(body.items).toMatchObject([
          {
            queue: 'service-b-events',
            reason: 'unknown_version',
            deadLetteredAt: expect.any(String) as string,
          },
        ]);
      });

      it('are sent back one by one, by an operator, with an audit line; the event waits again', async () => {
        const id = await letterId();
        await request(host.server).post(`/dead-letters/${id}/redrive`).expect(401);
        const { body } = await post(`/dead-letters/${id}/redrive`).expect(200);
        expect(body).toMatchObject({ id, outcome: 'redriven', event: 'redriven' });
        expect(infrastructure.eventsQueue.size).toBeGreaterThan(0);
        expect(entries()).toMatchObject([{ status: 'pending' }]);
        expect(JSON.stringify(host.logs)).toContain('redrive_dead_letter');
      });

      it('are sent back all together', async () => {
        const { body } = await post('/dead-letters/redrive').expect(200);
        expect(body).toMatchObject({ redriven: 1, results: [{ outcome: 'redriven' }] });
      });

      it('are unknown where there is none with the id', async () => {
        expect((await post('/dead-letters/x/redrive').expect(404)).body).toMatchObject({
          code: 'dead_letter_unknown',
        });
      });
    });

    describe('its surroundings', () => {
      it('is not ready, with the reason, while a dependency is away, and recovers by itself', async () => {
        await eventually(async () => get('/health/ready').expect(200), { withinMs: 2_000 });
        infrastructure.away.add('sns');
        const { body } = await eventually(async () => get('/health/ready').expect(503), { withinMs: 5_000 });
        expect(body.errors).toEqual([{ name: 'sns', detail: 'sns is away' }]);
        infrastructure.away.delete('sns');
        await eventually(async () => get('/health/ready').expect(200), { withinMs: 5_000 });
      });

      it('says its epoch and incarnation', async () => {
        expect((await get('/info').expect(200)).body).toMatchObject({
          service: 'service-a',
          epoch: 0,
          incarnation: '0-test',
        });
      });

      it('exposes its metrics from the start', async () => {
        const { body } = await post('/events').send(put);
        await eventually(
          async () => {
            const page = await host.parts.exposition.write();
            for (const line of [
              'interop_events_pending{workflow="state-events"} 0',
              'interop_events_settled_total{workflow="state-events",outcome="complete"} 0',
              'interop_messages_published_total{producer="service-a",topic="state-events",version="1"}',
              `interop_lamport_clock{service="service-a"} ${String(body.lamport)}`,
              'interop_lamport_clamped_total{service="service-a"} 0',
              'interop_queue_messages{queue="service-a-receipts",state="in_flight"} 2',
            ])
              expect(page).toContain(line);
          },
          { withinMs: 2_000 },
        );
      });

      it('documents its API', async () => {
        const { body } = await get('/docs-json').expect(200);
        expect(Object.keys(body.paths as object)).toEqual(
          expect.arrayContaining([
            '/events',
            '/events/batch',
            '/events/{id}',
            '/dead-letters',
            '/subjects/{subject}',
          ]),
        );
      });
    });
  });

  describe('with settings of its own', () => {
    afterEach(async () => host.close());

    it('refuses to list complete events that the index does not hold', async () => {
      await start({ EVENT_INDEX: 'open' });
      const { body } = await get('/events?status=complete').expect(422);
      expect(body.errors).toMatchObject([{ pointer: '?status' }]);
    });

    it('shows a pending event as overdue after its time', async () => {
      await start({ EVENT_OVERDUE_AFTER_MS: '1000' });
      await post('/events').send(put);
      const entry = entries()[0]!;
      const older = { ...entry, createdAtMs: entry.createdAtMs - 1_000, revision: 2 };
      await infrastructure.outbox.replace({ from: entry, to: older });
      expect((await get(`/events/${entry.id}`)).body).toMatchObject({ status: 'pending', overdue: true });
    });

    describe('GET /subjects/{subject}', () => {
      let peer: Server | undefined;
      afterEach(async () => new Promise((done) => (peer ? peer.close(done) : done(undefined))));

      /** Speaks the framing of Nest's TCP transport: the length, a number sign, the JSON. */
      const answering = async (response: unknown): Promise<number> => {
        peer = createServer((socket) => {
          socket.on('data', (data) => {
            const { id } = JSON.parse(data.toString().replace(/^\d+#/, '')) as { id: string };
            const text = JSON.stringify({ id, response, isDisposed: true });
            socket.end(`${text.length}#${text}`);
          });
        });
        await new Promise<void>((listening) => peer?.listen(0, '127.0.0.1', listening));
        return (peer.address() as { port: number }).port;
      };

      it('tells the state as service-b does', async () => {
        const port = await answering({ found: true, subject: 'cart-7', version: 2, value: { items: 2 } });
        await start({ SERVICE_B_RPC_URL: `127.0.0.1:${port}` });
        const { body } = await get('/subjects/cart-7').expect(200);
        expect(body).toEqual({
          subject: 'cart-7',
          state: { version: 2, value: { items: 2 } },
          degraded: false,
        });
      });

      it('answers 404 where service-b knows no such subject', async () => {
        await start({ SERVICE_B_RPC_URL: `127.0.0.1:${await answering({ found: false })}` });
        expect((await get('/subjects/cart-7').expect(404)).body).toMatchObject({ code: 'subject_unknown' });
      });

      it('is degraded while service-b is down, then does not even ask, and stays ready all the while', async () => {
        await start();
        for (let i = 0; i < 3; i += 1)
          expect((await get('/subjects/cart-7').expect(200)).body).toMatchObject({
            degraded: true,
            state: null,
          });
        expect((await get('/subjects/cart-7')).body).toMatchObject({ reason: 'circuit_open' });
        await eventually(async () => get('/health/ready').expect(200), { withinMs: 2_000 });
        const { body } = await get('/health/ready').expect(200);
        expect(body.details.service_b_query).toMatchObject({ status: 'up', breaker: 'open' });
      });
    });

    it('makes events by itself when it is asked to', async () => {
      await start({ DEMO_TRAFFIC_PER_SECOND: '200' });
      await eventually(() => expect(infrastructure.world.published.length).toBeGreaterThan(3), {
        withinMs: 2_000,
      });
      expect(infrastructure.outbox.all()[0]?.subject).toMatch(/^demo-cart-/);
    });
  });
});
