import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardDescription, VariableDescription } from './description';
import { drawPanel, PROMETHEUS } from './draw-panel';
import { scope } from './query';

const TAG = 'latido';

/** The dashboard as Grafana reads it. */
export function draw(description: DashboardDescription): Dashboard {
  const builder = new DashboardBuilder(description.title)
    .uid(description.uid)
    .description(description.description)
    .tags([TAG])
    .timezone('browser')
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .editable()
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([...common, ...description.variables.map(drawVariable)])
    .annotation(newVersions)
    .links([otherDashboards, traces]);
  for (const { title, panels } of description.rows) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(drawPanel(panel));
  }
  return builder.build();
}

const common = [
  new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'),
  new DatasourceVariableBuilder('tempo').label('Tempo').type('tempo'),
  valuesOf('namespace', 'Namespace', 'label_values(interop_build_info, namespace)'),
  valuesOf('release', 'Release', 'label_values(interop_build_info{namespace="$namespace"}, release)'),
  // The chart puts the address in; after an import by hand it is typed in at the top of the dashboard.
  new TextBoxVariableBuilder('runbooks').label('Runbooks').defaultValue('@runbooks@'),
];

/** Several values can be chosen, and at first all are. */
function drawVariable({ name, label, metric, valuesOf: values }: VariableDescription): QueryVariableBuilder {
  return valuesOf(name, label, `label_values(${metric}{${scope}}, ${values})`)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: 'All', value: '$__all' });
}

function valuesOf(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(PROMETHEUS)
    .query({ query, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc);
}

/** A line where a version runs that did not run before. */
const newVersions = new AnnotationQueryBuilder()
  .name('New versions')
  .datasource(PROMETHEUS)
  .enable(true)
  .iconColor('blue')
  .expr(
    `count by (service, version) (interop_build_info{${scope}})` +
      ` unless count by (service, version) (interop_build_info{${scope}} offset 2m)`,
  )
  .step('60s')
  .titleFormat('{{service}} {{version}}')
  .textFormat('A new version runs')
  .tagKeys('service,version');

const otherDashboards = new DashboardLinkBuilder('Latido')
  .type(DashboardLinkType.Dashboards)
  .tags([TAG])
  .asDropdown(true)
  .includeVars(true)
  .keepTime(true);

const traces = new DashboardLinkBuilder('Traces')
  .type(DashboardLinkType.Link)
  .icon('external link')
  .tooltip('Traces of this release in Tempo')
  .url(
    '/explore?schemaVersion=1&panes={"a":{"datasource":"${tempo}","queries":[{"refId":"A","queryType":"traceqlSearch"}]}}',
  )
  .keepTime(true)
  .targetBlank(true);
