import { metricCatalogue } from './metric-catalogue';
import type { MetricDefinition } from './metric-definition';

const all: readonly (readonly [string, MetricDefinition])[] = Object.entries(metricCatalogue);
const histograms = all.filter(([, { type }]) => type === 'histogram');
/** The families that may have a series an instance. */
const INSTANCE_FAMILIES = [
  'interop_heartbeat_last_sent_timestamp_seconds',
  'interop_instance_info',
  'interop_instance_start_timestamp_seconds',
];

describe('the metric catalogue', () => {
  test.each(all)('%s has a name that Prometheus and its conventions accept', (name, { type }) => {
    expect(name).toMatch(/^(interop|http)_[a-z_]+[a-z]$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
  });

  test.each(all)('%s says its unit in its name', (name, { unit }) => {
    expect(/_seconds(_total)?$/.test(name)).toBe(unit === 'seconds' || unit === 'epoch seconds');
    expect(name.endsWith('_info')).toBe(unit === 'info');
    expect(name.includes('_timestamp_')).toBe(unit === 'epoch seconds');
  });

  test.each(histograms)('the bounds of %s ascend and none is a whole number', (_name, { buckets = [] }) => {
    expect(buckets.length).toBeGreaterThan(0);
    expect([...buckets].sort((a, b) => a - b)).toEqual(buckets);
    expect(buckets.filter((bound) => Number.isInteger(bound))).toEqual([]);
  });

  test.each(all)('%s has no label that Prometheus keeps for itself', (_name, { labels }) => {
    expect(Object.keys(labels).filter((label) => /^(__|le$|quantile$|job$|instance$)/.test(label))).toEqual(
      [],
    );
  });

  it('puts instance_id on the three instance families and nowhere else', () => {
    const withInstance = all.filter(([, { labels }]) => 'instance_id' in labels).map(([name]) => name);
    expect(withInstance.sort()).toEqual(INSTANCE_FAMILIES);
  });
});
