import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricCatalogue } from './metric-catalogue';
import { brokenPromises, type ReleasedMetric, stableMetrics } from './released-metrics';

const LIST = 'docs/reference/stable-metrics.json';
const released = JSON.parse(readFileSync(join(__dirname, '../../../..', LIST), 'utf8')) as Readonly<
  Record<string, ReleasedMetric>
>;

describe('the stable metrics of the last release', () => {
  it('are all still there, with the same type and labels', () => {
    expect(brokenPromises(released, metricCatalogue)).toEqual([]);
  });

  it(`are listed in ${LIST}`, () => {
    expect(Object.keys(released).length).toBeGreaterThan(30);
    expect(Object.keys(stableMetrics(metricCatalogue))).toEqual(
      expect.arrayContaining(Object.keys(released)),
    );
  });
});

describe('brokenPromises', () => {
  const { interop_mass_silence: metric, ...others } = metricCatalogue;
  const before = { interop_mass_silence: { type: 'gauge', labels: [] } } as const;

  it('finds a metric that was removed', () => {
    expect(brokenPromises(before, others)).toEqual([expect.stringContaining('interop_mass_silence is gone')]);
  });

  it('lets one go that was an alias for two releases, and not for one', () => {
    const kept = (aliasForReleases: number) => ({
      interop_mass_silence: { ...before.interop_mass_silence, aliasForReleases },
    });
    expect(brokenPromises(kept(2), others)).toEqual([]);
    expect(brokenPromises(kept(1), others)).toHaveLength(1);
  });

  it('finds a label that was added, and a type that changed', () => {
    const labelled = { interop_mass_silence: { ...metric, labels: { service: 'configured' } } } as const;
    expect(brokenPromises(before, labelled)).toEqual([expect.stringContaining('is gauge{service}')]);
    const counted = { interop_mass_silence: { ...metric, type: 'counter' } } as const;
    expect(brokenPromises(before, counted)).toHaveLength(1);
  });
});
