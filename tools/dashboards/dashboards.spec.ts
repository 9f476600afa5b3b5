import { metricCatalogue } from '@latido/observability';
import { ruleGroups } from '../rules/rule-catalogue';
import { dashboards } from './dashboards';
import { draw } from './draw';

const panels = dashboards.flatMap(({ uid, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => [`${uid}: ${panel.title}`, panel] as const)),
);

/** What a process exports by itself, and what Prometheus writes. */
const BUILT_IN = /^(process_|nodejs_)|^ALERTS$/;
const RECORDED: ReadonlySet<string> = new Set(
  Object.values(ruleGroups).flatMap(({ recordings }) => recordings.map(({ record }) => record)),
);
const HISTOGRAM_PART = /_(bucket|sum|count)$/;

/** Everything in a query that stands before a brace, with what stands in it. */
function selectorsOf(expr: string): readonly (readonly [name: string, matchers: string])[] {
  return [...expr.matchAll(/([A-Za-z_:][\w:]*)\{([^}]*)\}/g)].map(([, name, matchers]) => [name!, matchers!]);
}

function isExported(name: string): boolean {
  const isPlain = name in metricCatalogue && typeOf(name) !== 'histogram';
  const isPart = HISTOGRAM_PART.test(name) && typeOf(name.replace(HISTOGRAM_PART, '')) === 'histogram';
  return isPlain || isPart || BUILT_IN.test(name) || RECORDED.has(name);
}

function typeOf(name: string): string | undefined {
  return name in metricCatalogue ? metricCatalogue[name as keyof typeof metricCatalogue].type : undefined;
}

describe('dashboards', () => {
  it('have identities of their own', () => {
    const uids = dashboards.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    expect(uids.every((uid) => uid.startsWith('latido-'))).toBe(true);
  });

  it.each(panels)('%s says what it shows, in which unit', (_, panel) => {
    expect(panel.title).not.toBe('');
    expect(panel.description).toMatch(/\.$/);
    expect(panel.unit).not.toBe('');
    expect(panel.queries).not.toHaveLength(0);
  });

  it.each(panels)('%s asks only for what is exported', (_, panel) => {
    const names = panel.queries.flatMap(({ expr }) => selectorsOf(expr).map(([name]) => name));
    expect(names).not.toHaveLength(0);
    expect(names.filter((name) => !isExported(name))).toEqual([]);
  });

  it.each(panels)('%s looks at one release in one namespace', (_, panel) => {
    for (const [, matchers] of panel.queries.flatMap(({ expr }) => selectorsOf(expr))) {
      expect(matchers).toContain('namespace="$namespace",release="$release"');
    }
  });

  it.each(panels)('%s tells its curves apart', (_, panel) => {
    const legends = panel.queries.map(({ legend }) => legend);
    expect(new Set(legends).size).toBe(legends.length);
  });

  it('fill rows to their full width', () => {
    for (const row of dashboards.flatMap(({ rows }) => rows)) {
      const columns = row.panels.reduce((sum, { width }) => sum + width, 0);
      expect([row.title, columns % 24]).toEqual([row.title, 0]);
    }
  });

  it('show versions, other dashboards and traces wherever one is', () => {
    for (const drawn of dashboards.map(draw)) {
      expect(drawn.annotations?.list?.map(({ name }) => name)).toContain('New versions');
      expect(drawn.links?.map(({ title }) => title)).toEqual(['Latido', 'Traces']);
      expect(drawn.templating?.list?.slice(0, 4).map(({ name }) => name)).toEqual([
        'datasource',
        'tempo',
        'namespace',
        'release',
      ]);
    }
  });
});
