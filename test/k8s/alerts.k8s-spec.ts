import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@latido/testing';
import { type Books, requireExactLedger } from '../rig/ledger';
import { AlertWatch } from './alert-watch';
import { apply, killPod } from './cluster';
import { cutOffLocalAws, takeTokenAway } from './faults';
import { COMPONENTS, NAMESPACE, Release, whereThereIs } from './release';
import { trafficWhile, untilAllSettled } from './traffic';

/** 75 s by design (three beats of 10 s, scrape, rule) and the 10 s that Alertmanager gathers; twice that on a busy machine. */
const PAGES_WITHIN_MS = 170_000;
/** The verdict, then how long the alert is kept, then Alertmanager's interval. */
const RESOLVES_WITHIN_MS = 360_000;
/** Longer than a page takes: what has not come by then does not come. */
const NO_PAGE_FOR_MS = 120_000;

let release: Release;
let watch: AlertWatch;
let books: Books;

beforeAll(async () => {
  watch = await AlertWatch.open();
  release = await Release.settled(AlertWatch.values);
  books = await release.books();
});
afterAll(async () => {
  books.aws.close();
  release.close();
  await watch.close();
});

const untilQuiet = () =>
  eventually(async () => expect(await watch.paging(NAMESPACE)).toEqual([]), { withinMs: RESOLVES_WITHIN_MS });

whereThereIs('monitoring')('scraping', () => {
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
        { withinMs: 120_000 },
      );
    },
  );

  it('has the rules loaded, each without an error', async () => {
    await eventually(
      async () => {
        const { groups } = await watch.prometheus.read<RuleGroups>('/api/v1/rules');
        const ours = groups.flatMap(({ rules }) => rules).filter(({ name }) => name.startsWith('Interop'));
        expect(ours.length).toBeGreaterThan(20);
        expect(ours.filter(({ health }) => health !== 'ok')).toEqual([]);
      },
      { withinMs: 180_000 },
    );
  });
});

whereThereIs('monitoring')('alerts', () => {
  it('pages InteropServiceDown once when service-a is killed and cannot start, and resolves it', async () => {
    await untilQuiet();
    const before = (await watch.pages('InteropServiceDown')).length;
    const token = await takeTokenAway(release);
    for (const { metadata } of await release.pods('service-a')) await killPod(NAMESPACE, metadata.name);
    try {
      await eventually(
        async () => expect((await watch.pages('InteropServiceDown')).length).toBeGreaterThan(before),
        { withinMs: PAGES_WITHIN_MS },
      );
    } finally {
      await apply([token]);
    }
    await eventually(
      async () =>
        expect((await watch.pages('InteropServiceDown')).at(-1)).toMatchObject({ status: 'resolved' }),
      { withinMs: RESOLVES_WITHIN_MS },
    );
    const told = (await watch.pages('InteropServiceDown')).slice(before);
    expect(told.map(({ status }) => status)).toEqual(['firing', 'resolved']);
  });

  it('shows left, and pages nobody, when service-a is scaled to 0', async () => {
    await release.untilReady('service-a', 2);
    await untilQuiet();
    const before = (await watch.pages('InteropServiceDown')).length;
    const monitor = await release.client('heartbeat-monitor');
    await release.scale('service-a', 0);
    await eventually(
      async () => {
        const shown = await monitor.read<{ readonly instances: object }>('/api/services/service-a');
        expect(shown.instances).toMatchObject({ left: expect.any(Number) });
        expect(shown.instances).not.toHaveProperty('down');
      },
      { withinMs: 60_000 },
    );
    await delay(NO_PAGE_FOR_MS);
    expect((await watch.pages('InteropServiceDown')).length).toBe(before);
    await release.scale('service-a', 2);
    await release.untilReady('service-a', 2);
  });

  it('pages InteropMonitorBlind, says nobody is down, and loses nothing when local-aws is cut off', async () => {
    await untilQuiet();
    const down = (await watch.pages('InteropServiceDown')).length;
    const blind = (await watch.pages('InteropMonitorBlind')).length;
    const accepted = await trafficWhile(books, async () => {
      const heal = await cutOffLocalAws(release);
      try {
        await eventually(
          async () => expect((await watch.pages('InteropMonitorBlind')).length).toBeGreaterThan(blind),
          { withinMs: PAGES_WITHIN_MS },
        );
      } finally {
        await heal();
      }
    });
    await untilAllSettled(books, accepted);
    await requireExactLedger(books, accepted);
    expect((await watch.pages('InteropServiceDown')).length).toBe(down);
  });
});

interface RuleGroups {
  readonly groups: readonly {
    readonly rules: readonly { readonly name: string; readonly health: string }[];
  }[];
}
