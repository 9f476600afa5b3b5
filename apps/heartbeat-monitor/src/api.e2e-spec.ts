import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { EdgeAggregator } from '@latido/edge-accounting';
import request from 'supertest';
import { MemoryMonitor, MonitorMemory } from './testing/memory-monitor';

const shop = (n: number) => ({ service: 'shop', instanceId: `shop-${n}` });

let memory: MonitorMemory;
let monitor: MemoryMonitor;
const get = (path: string) => request(monitor.host.server).get(path);
const bearer = () => ({ Authorization: monitor.host.authorization });

async function startWithTwoShops(): Promise<void> {
  memory = new MonitorMemory();
  monitor = await MemoryMonitor.start(memory);
  await monitor.pass(6, [shop(0), shop(1)]);
}

describe('the API of heartbeat-monitor', () => {
  beforeAll(startWithTwoShops);
  afterAll(async () => monitor.close());

  test('lists services with their verdicts, and says how old its facts are', async () => {
    const { body } = await get('/api/services').expect(200);
    expect(body).toMatchObject({ blind: false, asOf: expect.any(String), factsAgeMs: expect.any(Number) });
    expect(body.items).toContainEqual(
      expect.objectContaining({ service: 'shop', verdict: 'up', alive: 2, instances: { up: 2 } }),
    );
  });

  test('searches and pages on the server', async () => {
    const found = await get('/api/services?search=SHO').expect(200);
    expect(found.body.items).toHaveLength(1);
    const first = await get('/api/instances?service=shop&limit=1').expect(200);
    expect(first.body.items).toMatchObject([{ instanceId: 'shop-0', state: 'up' }]);
    const second = await get(`/api/instances?service=shop&limit=1&cursor=${first.body.cursor}`).expect(200);
    expect(second.body.items).toMatchObject([{ instanceId: 'shop-1' }]);
    expect(second.body.cursor).toBeUndefined();
  });

  test.each([
    ['/api/services/nobody', 404, 'service_unknown'],
    ['/api/history/nobody', 404, 'service_unknown'],
    ['/api/services?limit=0', 422, 'invalid_request'],
    ['/api/services?colour=red', 422, 'invalid_request'],
    ['/api/services?limit=501', 422, 'invalid_request'],
    ['/api/services?limit=1&limit=2', 422, 'invalid_request'],
    ['/api/services/shop?limit=1', 422, 'invalid_request'],
    ['/api/status?service=shop', 422, 'invalid_request'],
    ['/api/edges?state=up', 422, 'invalid_request'],
    ['/api/edges?limit=ten', 422, 'invalid_request'],
    ['/api/edges?cursor=abc', 400, 'malformed_request'],
    ['/api/instances?cursor=abc', 400, 'malformed_request'],
    ['/api/history/shop?limit=101', 422, 'invalid_request'],
    ['/api/stream?since=yesterday', 422, 'invalid_request'],
    ['/api/instances?state=sleepy', 422, 'invalid_request'],
    ['/api/services?cursor=abc', 400, 'malformed_request'],
    ['/api/history/shop?cursor=abc', 400, 'malformed_request'],
    ['/api/nothing', 404, 'route_unknown'],
  ])('answers %s with %i %s', async (path, status, code) => {
    const { body } = await get(path)
      .expect(status)
      .expect('Content-Type', /problem\+json/);
    expect(body).toMatchObject({ status, code });
  });

  test('lists every edge of the topology, before anybody told of one', async () => {
    const { body } = await get('/api/edges').expect(200);
    const names = body.items.map(({ producer, topic, consumer, watchedBy }: Record<string, string>) =>
      [producer, topic, consumer, watchedBy].join(' '),
    );
    expect(names).toEqual([
      'heartbeat-monitor heartbeats heartbeat-monitor canary',
      'service-a heartbeats heartbeat-monitor canary',
      'service-a state-events service-b books',
      'service-b heartbeats heartbeat-monitor canary',
      'service-b receipts service-a books',
    ]);
    expect(body.items[2]).toMatchObject({ balanced: true, books: { published: 0 }, lastMessageAt: null });
  });

  test('counts reports of edges that it refuses, and keeps the edges as they are', async () => {
    const edges = [{ role: 'consumer', window: -1 }, { role: 'none' }];
    await monitor.hear({ service: 'liar', instanceId: 'liar-0', seq: 1, edges });
    const { body } = await get('/api/status').expect(200);
    expect(body.books).toEqual({ edges: 2, refusedReports: 2 });
  });

  test('searches and pages edges on the server', async () => {
    const found = await get('/api/edges?search=RECEIPT').expect(200);
    expect(found.body.items).toMatchObject([{ topic: 'receipts' }]);
    const first = await get('/api/edges?service=service-b&limit=2').expect(200);
    expect(first.body.items).toMatchObject([{ topic: 'state-events' }, { topic: 'heartbeats' }]);
    const next = await get(`/api/edges?service=service-b&limit=2&cursor=${first.body.cursor}`).expect(200);
    expect(next.body.items).toMatchObject([{ topic: 'receipts' }]);
    expect(next.body.cursor).toBeUndefined();
  });

  test('lists an edge that nothing but contracts tell of', async () => {
    const speaker = { incarnation: { epoch: 1, token: 'x' }, seq: 1 };
    const orders = [{ topic: 'orders', contracts: ['orders.v1'] }];
    await monitor.hear({ ...speaker, service: 'till', instanceId: 'till-0', produces: orders });
    await monitor.hear({ ...speaker, service: 'kitchen', instanceId: 'kitchen-0', accepts: orders });
    const { body } = await get('/api/edges?search=orders').expect(200);
    expect(body.items).toMatchObject([
      {
        producer: 'till',
        consumer: 'kitchen',
        balanced: true,
        contracts: { pairs: [{ produced: ['orders.v1'], accepted: ['orders.v1'], missing: [] }] },
      },
    ]);
  });

  test.each([
    '/api/services',
    '/api/services/shop',
    '/api/instances',
    '/api/edges',
    '/api/status',
    '/api/history/shop',
  ])('says in %s how old its facts are, and whether they can be trusted', async (path) => {
    const { body } = await get(path).expect(200);
    expect(Date.parse(body.asOf)).toBeLessThanOrEqual(memory.nowMs);
    expect(body).toMatchObject({ factsAgeMs: memory.nowMs - Date.parse(body.asOf), blind: false });
  });

  test('documents its routes', async () => {
    const { body } = await get('/docs-json').expect(200);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/api/services',
        '/api/stream',
        '/api/services/{service}/maintenance',
        '/alertmanager',
      ]),
    );
  });

  describe('maintenance', () => {
    const path = '/api/services/shop/maintenance';
    const until = () => new Date(memory.nowMs + 3_600_000).toISOString();

    test('can be ended, and ending it twice is no error', async () => {
      await request(monitor.host.server)
        .put(path)
        .set(bearer())
        .send({ until: until(), reason: 'x' })
        .expect(200);
      for (let time = 0; time < 2; time += 1)
        await request(monitor.host.server).delete(path).set(bearer()).expect(200);
      expect((await get('/api/services/shop')).body.maintenance).toBeNull();
    });

    test('is audited', async () => {
      await request(monitor.host.server)
        .put(path)
        .set(bearer())
        .send({ until: until(), reason: 'x' })
        .expect(200);
      expect(monitor.host.logs).toContainEqual(
        expect.objectContaining({
          event: 'audit',
          action: 'maintenance_set',
          outcome: 'done',
          caller: 'local',
        }),
      );
    });

    test.each([
      ['a time that is over', { until: '2020-01-01T00:00:00Z', reason: 'x' }],
      ['a time in the far future', { until: '2099-01-01T00:00:00Z', reason: 'x' }],
      ['no time', { reason: 'x' }],
      ['no reason', { until: '2026-11-01T13:00:00Z' }],
    ])('refuses %s', async (_what, body) => {
      await request(monitor.host.server).put(path).set(bearer()).send(body).expect(422);
    });

    test('needs an operator, and a service that is known', async () => {
      const body = { until: until(), reason: 'x' };
      await request(monitor.host.server).put(path).send(body).expect(401);
      await request(monitor.host.server)
        .put('/api/services/nobody/maintenance')
        .set(bearer())
        .send(body)
        .expect(404);
    });
  });

  describe('POST /alertmanager', () => {
    const notification = (status: string) => ({
      version: '4',
      receiver: 'latido',
      alerts: [
        { status, fingerprint: 'f1', labels: { alertname: 'InteropServiceDown', severity: 'critical' } },
      ],
    });
    const send = (body: object) =>
      request(monitor.host.server).post('/alertmanager').set(bearer()).send(body);

    test('shows an alert while it fires, and keeps it as a version', async () => {
      await send(notification('firing')).expect(200, { firing: 1 });
      expect((await get('/api/status')).body.alerts).toMatchObject([{ name: 'InteropServiceDown' }]);
      expect(await memory.versions.readHead('board#alerts')).toMatchObject({ number: 1 });
      await send(notification('resolved')).expect(200, { firing: 0 });
      expect((await get('/api/status')).body.alerts).toEqual([]);
    });

    test('needs a token, and something that Alertmanager would send', async () => {
      await request(monitor.host.server).post('/alertmanager').send(notification('firing')).expect(401);
      await send({ alerts: 'none' }).expect(422);
      await send(notification('sleeping')).expect(422);
    });
  });

  describe('the live page', () => {
    test('runs nothing but its own script, and loads nothing from elsewhere', async () => {
      const { text, headers } = await get('/')
        .expect(200)
        .expect('Content-Type', /text\/html/);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(text).not.toMatch(/https?:\/\//);
      expect(text).not.toMatch(/innerHTML|\son\w+="/);
      expect(text).toContain('<html lang="en">');
    });

    test('asks and links only for what the API has', async () => {
      const { text } = await get('/').expect(200);
      const addresses = [...text.matchAll(/["'](api\/[^"'\s]+)["']/g)].map(([, address = '']) => address);
      expect(addresses).toEqual(expect.arrayContaining(['api/stream', 'api/edges?limit=100']));
      for (const address of addresses.filter((each) => each !== 'api/stream'))
        await get(`/${address}`).expect(200);
    });

    test('has a script that parses, under the hash that the policy names', async () => {
      const { text, headers } = await get('/').expect(200);
      const [, script = ''] = /<script>([^]*)<\/script>/.exec(text) ?? [];
      expect(() => new Script(script)).not.toThrow();
      const hash = createHash('sha256').update(script).digest('base64');
      expect(headers['content-security-policy']).toContain(`script-src 'sha256-${hash}'`);
    });
  });
});

describe('heartbeat-monitor, as time passes', () => {
  beforeEach(startWithTwoShops);
  afterEach(async () => monitor.close());

  test('tells who is down, and writes it into the history', async () => {
    await monitor.pass(5, [shop(1)]);
    const one = await get('/api/services/shop').expect(200);
    expect(one.body).toMatchObject({ verdict: 'degraded', alive: 1, instances: { up: 1, down: 1 } });
    const down = await get('/api/instances?state=down').expect(200);
    expect(down.body.items).toMatchObject([{ service: 'shop', instanceId: 'shop-0' }]);
    const history = await get('/api/history/shop').expect(200);
    expect(history.body.items[0]).toMatchObject({
      service: 'shop',
      verdict: 'degraded',
      changes: [{ instanceId: 'shop-0', to: 'down', reason: 'silence' }],
    });
    expect(await memory.versions.readHead('shop')).toBeUndefined();
  });

  test('says that it is blind, why and since when, and holds its verdicts', async () => {
    for (let tick = 0; tick < 60; tick += 1) {
      memory.nowMs += 30_000;
      monitor.app.monitor.advance();
    }
    const status = await get('/api/status').expect(200);
    expect(status.body).toMatchObject({
      blind: true,
      since: expect.any(String),
      watermarkAgeMs: expect.any(Number),
    });
    expect(status.body.reasons.map(({ reason }: { reason: string }) => reason)).toEqual(
      expect.arrayContaining(['lag', 'canary']),
    );
    const services = await get('/api/services/shop').expect(200);
    expect(services.body).toMatchObject({ blind: true, verdict: 'up' });
  });

  test('maintenance is shown with the service and exported, on every replica, and ends by itself', async () => {
    const untilSeconds = memory.nowMs / 1_000 + 3_600;
    const set = await request(monitor.host.server)
      .put('/api/services/shop/maintenance')
      .set(bearer())
      .send({ until: new Date(memory.nowMs + 3_600_000).toISOString(), reason: 'new disk' })
      .expect(200);
    expect(set.body.maintenance).toMatchObject({ reason: 'new disk', by: 'local' });
    const other = await MemoryMonitor.start(memory, { HEARTBEAT_QUEUE_ORDINAL: '1' });
    await other.hear({ ...shop(0), seq: 5_000 });
    const seen = await request(other.host.server).get('/api/services/shop').expect(200);
    expect(seen.body.maintenance).toMatchObject({ reason: 'new disk' });
    expect(await marksExported(other)).toEqual([untilSeconds]);
    memory.nowMs += 3_600_000;
    expect(await marksExported(other)).toEqual([]);
    expect((await get('/api/services/shop')).body.maintenance).toBeNull();
    await other.close();
  });
});

/** Until when the shop is under maintenance, in seconds since 1970, as the metrics say it. */
async function marksExported({ host }: MemoryMonitor): Promise<readonly number[]> {
  const page = await host.parts.exposition.write();
  const lines = page.matchAll(
    /^interop_service_maintenance_until_timestamp_seconds\{service="shop"\} (\S+)$/gm,
  );
  return [...lines].map(([, value]) => Number(value));
}

describe('the restart of heartbeat-monitor', () => {
  test('keeps left who said goodbye after the last snapshot, and finds dead who died meanwhile', async () => {
    const memory = new MonitorMemory();
    const before = await MemoryMonitor.start(memory);
    await before.pass(6, [shop(0), shop(1), shop(2)]);
    await before.app.snapshots.save(before.app.monitor.detector);
    await before.hear({ ...shop(0), seq: 9_000, state: 'goodbye' });
    // Killed: nothing of what it would do at a stop is done. shop-1 dies with it.
    const after = await MemoryMonitor.start(memory);
    await after.pass(6, [shop(2)]);
    const { body } = await request(after.host.server).get('/api/services/shop').expect(200);
    expect(body.instances).toEqual({ up: 1, down: 1, left: 1 });
    await Promise.all([before.close(), after.close()]);
  });

  test('goes on with the edge books, and invents no loss', async () => {
    const memory = new MonitorMemory();
    const edges = new EdgeAggregator({ source: '/service-b', epoch: 1 });
    const take = (sequence: number) =>
      edges.consumed.record({
        source: '/service-a',
        epoch: 1,
        topic: 'state-events',
        sequence,
        outcome: 'delivered',
        atMs: memory.nowMs,
      });
    const report = () => ({
      service: 'service-b',
      instanceId: 'b-0',
      edges: edges.collect().map(({ aggregate }) => aggregate),
    });
    const booksOf = async (monitor: MemoryMonitor) =>
      (await request(monitor.host.server).get('/api/edges?search=state-events')).body.items[0];

    const before = await MemoryMonitor.start(memory);
    for (const sequence of [1, 2, 4]) take(sequence);
    await before.hear({ ...report(), seq: 1 });
    await before.app.books.save(before.app.monitor.book, memory.nowMs);
    // Killed, and away for a day.
    memory.nowMs += 86_400_000;
    const after = await MemoryMonitor.start(memory);
    after.app.monitor.advance();
    expect(await booksOf(after)).toMatchObject({ books: { delivered: 3, inFlight: 1, lost: 0 } });
    take(3);
    await after.hear({ ...report(), seq: 2 });
    expect(await booksOf(after)).toMatchObject({ balanced: true, lostTotal: 0, books: { delivered: 4 } });
    await Promise.all([before.close(), after.close()]);
  });

  test('holds verdicts until it has warmed up, and says so', async () => {
    const monitor = await MemoryMonitor.start();
    const { body } = await request(monitor.host.server).get('/api/status').expect(200);
    expect(body).toMatchObject({ blind: true, reasons: [{ reason: 'warming' }] });
    await monitor.pass(4, [shop(0)]);
    expect((await request(monitor.host.server).get('/api/status')).body.blind).toBe(false);
    await monitor.close();
  });

  test('starts without a snapshot that another build wrote', async () => {
    const memory = new MonitorMemory();
    await memory.snapshots.save('0', ['{"format":999}']);
    const monitor = await MemoryMonitor.start(memory);
    await request(monitor.host.server).get('/api/services').expect(200);
    await monitor.close();
  });
});

describe('the API of a heartbeat-monitor with declared services', () => {
  afterAll(async () => monitor.close());

  test('expects them, heard or not, and calls one that nobody heard missing', async () => {
    monitor = await MemoryMonitor.start(new MonitorMemory(), { EXPECTED_INSTANCES: 'shop=3,cart=2' });
    await monitor.pass(6, [shop(0), shop(1)]);
    const { body } = await get('/api/services').expect(200);
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ service: 'shop', alive: 2, expected: 3 }),
        expect.objectContaining({ service: 'cart', alive: 0, expected: 2, verdict: 'missing' }),
      ]),
    );
  });
});
