import { randomUUID } from 'node:crypto';
import { eventually } from '@latido/testing';
import { chartRules } from '../../tools/prometheus/chart-rules';
import { Pace } from '../../tools/prometheus/pace';
import { type Prometheus, startPrometheus } from '../../tools/prometheus/prometheus';
import { foreignEvent } from '../rig/foreign-event';
import { acceptAll, commands } from '../rig/ledger';
import { untilSeeing, untilVerdict } from '../rig/liveness';
import { QueueDesk } from '../rig/queue-desk';
import { type App, Scene } from '../rig/scene';
import { type AskedQuery, panelQueries, variableQueries } from './asked';

const APPS: readonly App[] = ['service-a', 'service-b', 'heartbeat-monitor'];
const RELEASE = { namespace: 'local', release: 'latido' } as const;
/** Ten times as fast as in production: the longest window of an objective has samples within the test. */
const RULES = chartRules({ namespace: RELEASE.namespace, monitors: 1 }, new Pace(1_000));
const WITHIN = { withinMs: 120_000 };

/** One run of everything: events, a message twice, poison, a death and a return. */
describe('every query of the dashboards', () => {
  let scene: Scene;
  let prometheus: Prometheus;

  beforeAll(async () => {
    scene = await Scene.open({});
    await scene.start(...APPS);
    prometheus = await startPrometheus({ targets: targetsOf(scene), scrapeIntervalMs: 1_000, rules: RULES });
    await acceptAll(scene, commands(20, { subjects: 5 }));
    await untilSeeing(scene);
    await untilScraped(prometheus);
    await scene.kill('service-b', 'SIGKILL');
    await untilVerdict(scene, 'service-b', 'down');
    await scene.start('service-b');
    await untilAnswered(scene, prometheus);
  }, 180_000);

  afterAll(async () => {
    await prometheus?.stop();
    await scene?.close();
  });

  it.each(panelQueries.map(({ place, expr }) => [place, expr] as const))('%s has data', async (_, expr) => {
    expect(await hasData(prometheus, expr)).toBe(true);
  });

  it.each(variableQueries.map(({ place, expr, label }) => [place, expr, label] as const))(
    '%s offers values',
    async (_, expr, label) => {
      const values = (await prometheus.query(expr)).map(({ labels }) => labels[label] ?? '');
      expect(values.filter((value) => value !== '')).not.toHaveLength(0);
    },
  );
});

/** What happens before it was scraped once is no increase. */
async function untilScraped(prometheus: Prometheus): Promise<void> {
  await eventually(async () => {
    expect(await prometheus.query('count(up == 1)')).toEqual([
      expect.objectContaining({ value: APPS.length }),
    ]);
  }, WITHIN);
}

/** Goes on working until every query was answered, as long as it takes a rate to be seen and a verdict to fall. */
async function untilAnswered(scene: Scene, prometheus: Prometheus): Promise<void> {
  const open = new Set<AskedQuery>(panelQueries);
  await eventually(async () => {
    await acceptAll(scene, commands(10, { subjects: 5, name: randomUUID() }));
    await publishTwiceAndPoison(scene);
    for (const query of open) if (await hasData(prometheus, query.expr)) open.delete(query);
    expect([...open].map(({ place }) => place)).toEqual([]);
  }, WITHIN).catch(() => undefined); // The tests say which.
}

/** Not a number is what a dashboard shows as nothing. */
async function hasData(prometheus: Prometheus, expr: string): Promise<boolean> {
  return (await prometheus.query(expr)).some(({ value }) => !Number.isNaN(value));
}

async function publishTwiceAndPoison({ aws, names }: Scene): Promise<void> {
  const twice = foreignEvent();
  const messages = [twice, twice, foreignEvent({ type: 'nobody.knows.v1' })];
  await new QueueDesk(aws).publish(names.topicArn('state-events'), messages);
}

function targetsOf(scene: Scene) {
  return APPS.map((app) => ({
    address: scene.metricsAddressOf(app),
    labels: { ...RELEASE, app, pod: `${app}-0` },
  }));
}
