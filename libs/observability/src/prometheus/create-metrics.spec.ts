import { createMetrics } from './create-metrics';
import { Exposition } from './exposition';

const exposition = () => new Exposition({ service: 'test', version: '1' });

describe('createMetrics', () => {
  it('exposes every series of listed labels at 0 before anything happens', async () => {
    const page = exposition();
    createMetrics(page.registry, ['interop_commits_total']);
    expect(await page.write()).toContain('interop_commits_total{outcome="quarantined"} 0\n');
  });

  it('exposes a known workflow at 0 and keeps what was counted when it is announced again', async () => {
    const page = exposition();
    const { interop_events_settled_total: settled, interop_edge_delivery_seconds: delivery } = createMetrics(
      page.registry,
      ['interop_events_settled_total', 'interop_edge_delivery_seconds'],
    );
    const edge = { producer: 'a', consumer: 'b', topic: 't' };
    settled.inc({ workflow: 'w', outcome: 'complete' });
    delivery.observe(edge, 0.02);
    settled.startAtZero({ workflow: 'w' });
    delivery.startAtZero(edge);
    const text = await page.write();
    expect(text).toContain('interop_events_settled_total{workflow="w",outcome="complete"} 1\n');
    expect(text).toContain('interop_events_settled_total{workflow="w",outcome="failed"} 0\n');
    expect(text).toContain('interop_edge_delivery_seconds_count{producer="a",consumer="b",topic="t"} 1\n');
  });

  it('carries the trace id of an observation as an exemplar', async () => {
    const page = exposition();
    const { interop_edge_delivery_seconds: delivery } = createMetrics(page.registry, [
      'interop_edge_delivery_seconds',
    ]);
    delivery.observe({ producer: 'a', consumer: 'b', topic: 't' }, 0.3, '0af7651916cd43dd8448eb211c80319c');
    expect(await page.write()).toMatch(
      /interop_edge_delivery_seconds_bucket\{le="0.5",.*\} 1 # \{trace_id="0af7651916cd43dd8448eb211c80319c"\} 0.3/,
    );
  });

  it('drops samples past the bound on series, and counts them', async () => {
    const page = exposition();
    const { interop_lamport_clamped_total: clamped } = createMetrics(page.registry, [
      'interop_lamport_clamped_total',
    ]);
    for (let each = 0; each < 1_003; each += 1) clamped.inc({ service: `s${each}` });
    const text = await page.write();
    expect(text.match(/^interop_lamport_clamped_total\{/gm)).toHaveLength(1_000);
    expect(text).toContain('interop_series_dropped_total{metric="interop_lamport_clamped_total"} 3\n');
  });

  it('exposes a removed series no more', async () => {
    const page = exposition();
    const { interop_lamport_clock: clock } = createMetrics(page.registry, ['interop_lamport_clock']);
    clock.set({ service: 'a' }, 7);
    clock.remove({ service: 'a' });
    expect(await page.write()).not.toContain('interop_lamport_clock{');
  });

  it('does not let a name forge a line', async () => {
    const page = exposition();
    const { interop_lamport_clock: clock } = createMetrics(page.registry, ['interop_lamport_clock']);
    clock.set({ service: 'a"} 1\ninterop_mass_silence 1' }, 7);
    expect(await page.write()).not.toMatch(/^interop_mass_silence/m);
  });
});

describe('Exposition', () => {
  it('is OpenMetrics: it ends with one EOF, and no bound of any histogram is a whole number', async () => {
    const page = exposition();
    const text = await page.write();
    expect(page.contentType).toContain('application/openmetrics-text');
    expect(text.match(/# EOF/g)).toHaveLength(1);
    expect(text.endsWith('# EOF\n')).toBe(true);
    expect(text).not.toMatch(/le="\d+"/);
  });

  it('says which build runs', async () => {
    const text = await exposition().write();
    expect(text).toContain(
      `interop_build_info{service="test",version="1",node_version="${process.version}"} 1\n`,
    );
  });

  it('counts the time of the page before', async () => {
    const page = exposition();
    expect(await page.write()).toContain('interop_exposition_seconds_count 0\n');
    expect(await page.write()).toContain('interop_exposition_seconds_count 1\n');
  });

  it('reads gauges before it writes, once for scrapes that come together', async () => {
    const page = exposition();
    const { interop_lamport_clock: clock } = createMetrics(page.registry, ['interop_lamport_clock']);
    let reads = 0;
    page.beforeEach(() => clock.set({ service: 'a' }, (reads += 1)));
    const pages = await Promise.all([page.write(), page.write()]);
    expect(pages.every((text) => text.includes('interop_lamport_clock{service="a"} 1\n'))).toBe(true);
    expect(reads).toBe(1);
  });
});
