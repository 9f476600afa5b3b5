import type { Heartbeat } from '@latido/heartbeat';
import { EventHeartbeatPublisher } from '@latido/heartbeat/aws';
import { aHeartbeat } from '@latido/heartbeat/testing';
import { createPublisher, createSnsClient, sha256Hex, SnsTopic } from '@latido/messaging/aws';
import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { connectEmbeddedAws, eventually, seedUnderUniquePrefix } from '@latido/testing';
import type { ResourceNames } from '@latido/topology';
import request from 'supertest';
import { AppModule } from './app.module';
import { heartbeatMonitor } from './configuration';

const WITHIN = { withinMs: 15_000 };
const T = 1_000;

const aws = connectEmbeddedAws();
let names: ResourceNames & { readonly prefix: string };
let monitor: TestHost;

const environment = () => ({
  LOCAL_API_TOKEN: 'a-token-for-tests-of-the-monitor',
  RESOURCE_PREFIX: names.prefix,
  HEARTBEAT_INTERVAL_MS: String(T),
});
const start = () => startTestHost(heartbeatMonitor, (host) => AppModule.with(host), environment());
const get = async (path: string) => (await request(monitor.server).get(path)).body;

beforeAll(async () => {
  names = await seedUnderUniquePrefix(aws);
  monitor = await start();
});
afterAll(async () => {
  await monitor.close();
  aws.close();
});

/** A process that beats until it is silenced. */
class Beater {
  private seq = 0;
  private readonly sns = createSnsClient();
  private readonly topic = createPublisher(new SnsTopic(this.sns, names.topicArn('heartbeats')));
  private readonly publisher = new EventHeartbeatPublisher({
    publisher: this.topic,
    newId: () => `${this.instanceId}-${this.seq}`,
    sha256Hex,
    lamport: () => 0,
  });
  private readonly startedAtMs = Date.now();
  private readonly timer = setInterval(() => void this.beat(), T);

  constructor(readonly instanceId: string) {
    void this.beat();
  }

  async beat(change: Partial<Heartbeat> = {}): Promise<void> {
    this.seq += 1;
    const uptimeMs = Date.now() - this.startedAtMs;
    const about = { service: 'shop', instanceId: this.instanceId, seq: this.seq, intervalMs: T };
    await this.publisher.publish(aHeartbeat({ ...about, sentAtMs: Date.now(), uptimeMs, ...change }));
  }

  async silence(): Promise<void> {
    clearInterval(this.timer);
    await this.topic.close();
    this.sns.destroy();
  }
}

describe('heartbeat-monitor on the embedded AWS', () => {
  test('hears itself and others, and sees once it has warmed up', async () => {
    const beater = new Beater('shop-0');
    await eventually(async () => {
      expect(await get('/api/status')).toMatchObject({ blind: false, canary: { lost: 0 } });
      const { items } = await get('/api/services');
      expect(items).toMatchObject([{ service: 'heartbeat-monitor' }, { service: 'shop', verdict: 'up' }]);
    }, WITHIN);
    await beater.silence();
  }, 20_000);

  test('puts a goodbye and a death on record, and remembers both after a restart', async () => {
    const [leaving, dying] = [new Beater('leaving'), new Beater('dying')];
    await eventually(async () => {
      expect((await get('/api/instances?service=shop&state=up')).items).toHaveLength(2);
    }, WITHIN);
    await leaving.beat({ state: 'goodbye' });
    await Promise.all([leaving.silence(), dying.silence()]);
    const states = async () =>
      Object.fromEntries(
        (await get('/api/instances?service=shop')).items.map(
          (each: { instanceId: string; state: string }) => [each.instanceId, each.state],
        ),
      );
    const ended = { leaving: 'left', dying: 'down' };
    await eventually(async () => expect(await states()).toMatchObject(ended), WITHIN);
    const { items } = await get('/api/history/shop');
    const recorded = items.flatMap(({ changes }: { changes: { instanceId: string; to: string }[] }) =>
      changes.map(({ instanceId, to }) => `${instanceId} ${to}`),
    );
    expect(recorded).toEqual(expect.arrayContaining(['leaving left', 'dying down', 'dying up']));
    await monitor.parts.stop.run();
    monitor = await start();
    expect(await states()).toMatchObject(ended);
  }, 40_000);

  test('counts what it cannot read, and goes on', async () => {
    const topic = createPublisher(new SnsTopic(aws.sns, names.topicArn('heartbeats')));
    await topic.publish([{ body: 'not a heartbeat', attributes: {} }]);
    await topic.close();
    await eventually(async () => {
      const page = await monitor.parts.exposition.write();
      expect(page).toMatch(/interop_heartbeats_received_total\{service="_unknown",result="malformed"\} 1/);
    }, WITHIN);
  }, 40_000);

  test('refuses to start without its queue, and says what is missing', async () => {
    const starting = startTestHost(heartbeatMonitor, (host) => AppModule.with(host), {
      ...environment(),
      HEARTBEAT_QUEUE_ORDINAL: '99',
    });
    await expect(starting).rejects.toMatchObject({
      problems: [{ problem: expect.stringContaining('heartbeat-monitor-heartbeats-99') }],
    });
  });
});
