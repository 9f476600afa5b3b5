import { dashboards } from '../../tools/dashboards/dashboards';

/** One query of a dashboard as it is asked of the Prometheus of a rig. */
export interface AskedQuery {
  /** Where it stands: dashboard, panel, curve. */
  readonly place: string;
  readonly expr: string;
}

const VALUES: Readonly<Record<string, string>> = {
  $namespace: 'local',
  $release: 'latido',
  $service: '.*',
  $producer: '.*',
  $consumer: '.*',
  $topic: '.*',
  // Several scrapes of a rig, as Grafana takes several scrapes of a real one.
  $__rate_interval: '15s',
  $__range: '5m',
};

/** Every query of every panel. */
export const panelQueries: readonly AskedQuery[] = dashboards.flatMap(({ uid, rows }) =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries }) =>
      queries.map(({ expr }, i) => ({ place: `${uid}, ${title}, query ${i + 1}`, expr: filledIn(expr) })),
    ),
  ),
);

/** What fills the variables of every dashboard, as the expression whose label it offers. */
export const variableQueries: readonly (AskedQuery & { readonly label: string })[] = dashboards.flatMap(
  ({ uid, variables }) =>
    variables.map(({ name, metric, valuesOf }) => ({
      place: `${uid}, variable ${name}`,
      expr: `count by (${valuesOf}) (${metric})`,
      label: valuesOf,
    })),
);

function filledIn(expr: string): string {
  const text = expr.replaceAll(/\$\w+/g, (variable) => VALUES[variable] ?? variable);
  if (text.includes('$')) throw new Error(`a variable without a value: ${text}`);
  return text;
}
