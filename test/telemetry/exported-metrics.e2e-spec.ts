import { metricCatalogue, type MetricName } from '@latido/observability';
import { type ReadPage, readOpenMetrics } from '@latido/observability/testing';
import { eventually } from '@latido/testing';
import { acceptAll, commands, untilSettled } from '../rig/ledger';
import { untilVerdict } from '../rig/liveness';
import { type App, Scene } from '../rig/scene';

const APPS = ['service-a', 'service-b', 'heartbeat-monitor'] as const;
/** Exported where the monitor watches pods; the test of the pod witness reads them. */
const OF_THE_WITNESS = new Set<MetricName>(['interop_witness_connected', 'interop_witness_losses_total']);
const names = (Object.keys(metricCatalogue) as readonly MetricName[]).filter(
  (name) => !OF_THE_WITNESS.has(name),
);
/** Who may have a metric on its page, by what the catalogue says. */
const EXPORTERS: Readonly<Record<string, readonly App[]>> = {
  monitor: ['heartbeat-monitor'],
  producer: ['service-a', 'service-b', 'heartbeat-monitor'],
  consumer: ['service-a', 'service-b'],
  each: APPS,
};
/** Names under which the samples of a family stand. */
const SUFFIXES = /_(total|bucket|sum|count|created)$/;

/** The pages of real processes after a few events, a death and a return. */
describe('the pages of all processes', () => {
  let scene: Scene;
  const pages = new Map<App, ReadPage>();

  beforeAll(async () => {
    scene = await Scene.open();
    await scene.tell(async () => {
      await scene.start(...APPS);
      await untilVerdict(scene, 'service-b', 'up');
      await acceptAll(scene, commands(3, { subjects: 1 }));
      await untilSettled(scene, { withinMs: 30_000 });
      await scene.monitor.put('/api/services/service-b/maintenance', {
        until: new Date(Date.now() + 600_000).toISOString(),
        reason: 'a test',
      });
      await scene.kill('service-b', 'SIGKILL');
      await untilVerdict(scene, 'service-b', 'down');
      await scene.start('service-b');
      await eventually(() => lookAt(scene, pages), { withinMs: 40_000 });
    });
  }, 120_000);

  afterAll(() => scene.close());

  it.each(names)('%s is on the page of every process that the catalogue says, and on no other', (name) => {
    const { exportedBy } = metricCatalogue[name];
    const exporters = APPS.filter((app) => familiesOf(pages.get(app)).has(familyOf(name)));
    if (exportedBy === 'each') expect(exporters).toEqual(APPS);
    else expect(exporters).not.toEqual([]);
    for (const exporter of exporters) expect(EXPORTERS[exportedBy]).toContain(exporter);
  });

  it.each(names)('%s has the type and the labels that the catalogue says', (name) => {
    const { type, labels } = metricCatalogue[name];
    for (const page of pages.values()) {
      const seen = familiesOf(page).get(familyOf(name));
      if (seen !== undefined) expect(seen).toBe(type);
      for (const sample of page.samples.filter((each) => familyOf(each.name) === familyOf(name)))
        expect(
          Object.keys(sample.labels)
            .filter((label) => label !== 'le')
            .toSorted(),
        ).toEqual(Object.keys(labels).toSorted());
    }
  });

  it.each(APPS)('%s exports nothing that the catalogue does not say', (app) => {
    const known = new Set(names.map(familyOf));
    const own = [...familiesOf(pages.get(app)).keys()].filter((family) => /^(interop|http)_/.test(family));
    expect(own.filter((family) => !known.has(family))).toEqual([]);
  });
});

async function lookAt(scene: Scene, pages: Map<App, ReadPage>): Promise<void> {
  for (const app of APPS) pages.set(app, readOpenMetrics(await scene.metrics(app)));
  const samples = [...pages.values()].flatMap((page) => page.samples);
  // The last to come: what is marked, who died, and what was counted of an edge.
  for (const name of ['interop_service_maintenance_until_timestamp_seconds', 'interop_edge_messages_total'])
    expect(samples.some((sample) => sample.name === name)).toBe(true);
}

function familiesOf(page: ReadPage | undefined): ReadonlyMap<string, string> {
  return new Map(page?.families);
}

function familyOf(name: string): string {
  return name.replace(SUFFIXES, '');
}
