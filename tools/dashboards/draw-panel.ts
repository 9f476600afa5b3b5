import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  type DataSourceRef,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  MappingType,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { PanelDescription, QueryDescription } from './description';

/** The variable of that name at the top of every dashboard. */
export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

const HEIGHTS = { number: 4, lines: 8, areas: 8, table: 8 } as const;

export function drawPanel(panel: PanelDescription): Builder<Panel> {
  return drawers[panel.kind](panel);
}

const drawers: Readonly<Record<PanelDescription['kind'], (panel: PanelDescription) => Builder<Panel>>> = {
  number: drawNumber,
  table: drawTable,
  lines: drawCurves,
  areas: (panel) =>
    drawCurves(panel)
      .fillOpacity(40)
      .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A')),
};

function drawNumber(panel: PanelDescription): StatBuilder {
  return described(new StatBuilder(), panel)
    .targets(panel.queries.map((query, i) => instant(query, i)))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .colorMode(panel.bad || panel.words ? BigValueColorMode.Background : BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None);
}

function drawCurves(panel: PanelDescription): TimeseriesBuilder {
  return described(new TimeseriesBuilder(), panel)
    .targets(
      panel.queries.map((query, i) =>
        target(query, i)
          .range()
          .exemplar(panel.exemplars ?? false),
      ),
    )
    .min(0)
    .lineWidth(2)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

function drawTable(panel: PanelDescription): TableBuilder {
  const table = described(new TableBuilder(), panel)
    .targets(panel.queries.map((query, i) => instant(query, i).format(PromQueryFormat.Table)))
    .transformations([
      { id: 'merge', options: {} },
      { id: 'organize', options: { excludeByName: { Time: true }, renameByName: panel.columns ?? {} } },
    ])
    .filterable(true);
  if (!panel.opens) return table;
  const { column, title, url } = panel.opens;
  return table.overrideByName(column, [{ id: 'links', value: [{ title, url, targetBlank: true }] }]);
}

type AnyPanelBuilder = StatBuilder | TableBuilder | TimeseriesBuilder;

function described<B extends AnyPanelBuilder>(builder: B, panel: PanelDescription): B {
  builder
    .title(panel.title)
    .description(panel.description)
    .unit(panel.unit)
    .datasource(PROMETHEUS)
    .span(panel.width)
    .height(HEIGHTS[panel.kind])
    .thresholds(thresholds(panel.bad));
  if (panel.words) builder.mappings([mapping(panel.words)]);
  return builder;
}

/** Grafana tells the queries of a panel apart by letters. */
function target({ expr, legend = '' }: QueryDescription, index: number): DataqueryBuilder {
  const refId = String.fromCharCode('A'.charCodeAt(0) + index);
  return new DataqueryBuilder().refId(refId).datasource(PROMETHEUS).expr(expr).legendFormat(legend);
}

function instant(query: QueryDescription, index: number): DataqueryBuilder {
  return target(query, index).instant();
}

/** Green, but for what is said to be bad. */
function thresholds(bad: PanelDescription['bad']): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([
      { value: null, color: 'green' },
      ...(bad?.yellow === undefined ? [] : [{ value: bad.yellow, color: 'yellow' }]),
      ...(bad === undefined ? [] : [{ value: bad.red, color: 'red' }]),
    ]);
}

function mapping(words: NonNullable<PanelDescription['words']>): ValueMapping {
  return { type: MappingType.ValueToText, options: { ...words } };
}
