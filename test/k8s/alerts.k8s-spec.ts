import { eventually } from '@latido/testing';
import { requireExactLedger } from '../rig/ledger';
import { AlertWatch } from './alert-watch';
import { killPod } from './cluster';
import { cutOffLocalAws, Permit } from './faults';
import { checkPages } from './pages';
import { COMPONENTS, NAMESPACE } from './release';
import { settledScene, trafficWhile, untilAllSettled } from './traffic';
import { whereThereIs } from './where-there-is';

/**
 * Nothing is shortened here: three and a half beats of 10 s, heard by the next scrape, seen by the next evaluation of the
 * rules, gathered for 10 s by Alertmanager; and half as much for a machine that does other things as well.
 */
const PAGES_WITHIN_MS = 1.5 * (75_000 + 10_000);
/** Longer than a page takes by design: what has not come by then does not come. */
const NO_PAGE_FOR_MS = 95_000;
/** The verdict, how long the alert is kept, Alertmanager's interval of a minute: twice that. */
const RESOLVES_WITHIN_MS = 240_000;
const SCRAPED_WITHIN_MS = 180_000;

/** How long alerts wait and are kept is told by the rule tests; here it is only waited for. */
const HASTENED = [
  'alerts.InteropServiceDown.keepFiringFor=15s',
  'alerts.InteropServiceMissing.for=30s',
  'alerts.InteropMonitorBlind.for=15s',
  'alerts.InteropMonitorBlind.keepFiringFor=15s',
];

whereThereIs('monitoring').describe('alerts', () => {
  const permit = new Permit('serviceA');
  let watch: AlertWatch;
  beforeAll(async () => {
    watch = await AlertWatch.withPager();
    await permit.give();
  });
  afterAll(() => watch.close());

  const scene = settledScene([...AlertWatch.values, ...HASTENED, ...permit.values]);

  const untilQuiet = () =>
    eventually(async () => expect(await watch.paging(NAMESPACE)).toEqual([]), {
      withinMs: RESOLVES_WITHIN_MS,
    });
  const told = async (alertname: string) =>
    (await watch.pages(alertname)).map(({ status, alerts }) => [status, alerts[0]?.labels['service']]);

  it.each(COMPONENTS)(
    "has every pod of %s scraped by the operator's Prometheus, with our label service",
    async (app) => {
      await eventually(
        async () => {
          const up = await watch.prometheus.query(
            `up{namespace="${NAMESPACE}",release="latido",app="${app}"} == 1`,
          );
          expect(up).toHaveLength(2);
          const ours = await watch.prometheus.query(
            `count by (service) ({namespace="${NAMESPACE}",app="${app}",service!=""})`,
          );
          expect(ours.map(({ labels }) => labels['service'])).toContain(app);
          expect(await watch.prometheus.query(`{namespace="${NAMESPACE}",exported_service!=""}`)).toEqual([]);
        },
        { withinMs: SCRAPED_WITHIN_MS },
      );
    },
  );

  it('has the rules loaded, each without an error', async () => {
    await eventually(
      async () => {
        const { groups } = await watch.prometheus.read<RuleGroups>('/api/v1/rules');
        const ours = groups.flatMap(({ rules }) => rules).filter(({ query }) => query.includes(NAMESPACE));
        expect(ours.filter(({ name }) => name.startsWith('Interop')).length).toBeGreaterThan(20);
        expect(ours.filter(({ health }) => health !== 'ok')).toEqual([]);
      },
      { withinMs: SCRAPED_WITHIN_MS },
    );
  });

  whereThereIs('kill').it(
    'pages InteropServiceDown within its budget when service-a is killed and cannot start',
    async () => {
      await untilQuiet();
      await permit.take();
      for (const { metadata } of await scene.release.pods('service-a'))
        await killPod(NAMESPACE, metadata.name);
      try {
        await eventually(
          async () => expect(await told('InteropServiceDown')).toEqual([['firing', 'service-a']]),
          { withinMs: PAGES_WITHIN_MS },
        );
      } finally {
        await permit.give();
      }
    },
  );

  it('shows left, and pages nobody, when service-b is scaled to 0', async () => {
    const monitor = await scene.release.client('heartbeat-monitor');
    await scene.release.scale('service-b', 0);
    await eventually(
      async () => {
        const shown = await monitor.read<{ readonly instances: object }>('/api/services/service-b');
        expect(shown.instances).toMatchObject({ left: expect.any(Number) });
        expect(shown.instances).not.toHaveProperty('down');
      },
      { withinMs: 60_000 },
    );
    await watch.requireSilence({ forMs: NO_PAGE_FOR_MS, but: 'service-a' });
    await scene.release.scale('service-b', 2);
  });

  whereThereIs('kill').it(
    'has paged InteropServiceDown once, and resolves it when service-a is back',
    async () => {
      await eventually(
        async () =>
          expect(await told('InteropServiceDown')).toEqual([
            ['firing', 'service-a'],
            ['resolved', 'service-a'],
          ]),
        { withinMs: RESOLVES_WITHIN_MS },
      );
    },
  );

  whereThereIs('kill').it(
    'pages InteropMonitorBlind, says nobody is down, and loses nothing when local-aws is cut off',
    async () => {
      for (const service of ['service-a', 'service-b']) await scene.release.untilReady(service, 2);
      await untilQuiet();
      const accepted = await trafficWhile(scene.books, async () => {
        const heal = await cutOffLocalAws(scene.release);
        try {
          await eventually(
            async () => expect(await told('InteropMonitorBlind')).toEqual([['firing', 'heartbeat-monitor']]),
            { withinMs: PAGES_WITHIN_MS },
          );
        } finally {
          await heal();
        }
      });
      await untilAllSettled(scene.books, accepted);
      await requireExactLedger(scene.books, accepted);
      expect((await told('InteropServiceDown')).length).toBe(2);
      // Told, too, or Alertmanager would know the next one of this name as told.
      await eventually(
        async () =>
          expect(await told('InteropMonitorBlind')).toEqual([
            ['firing', 'heartbeat-monitor'],
            ['resolved', 'heartbeat-monitor'],
          ]),
        { withinMs: RESOLVES_WITHIN_MS },
      );
    },
  );

  checkPages({
    title: 'only for what was true: a service was down, and the monitor blind',
    alerts: ['InteropServiceDown', 'InteropMonitorBlind'],
  });
});

interface RuleGroups {
  readonly groups: readonly {
    readonly rules: readonly { readonly name: string; readonly query: string; readonly health: string }[];
  }[];
}
