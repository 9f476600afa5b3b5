import type { AlertDefinition, Duration, Recording, RuleGroup } from './alert';
import { type Objective, objectives } from './objectives';
import { per, select } from './promql';

/** Labels that a series of a promise may have; those it does not have are equal on both sides. */
const PROMISE = ['slo', 'service', 'producer', 'consumer', 'topic', 'workflow'] as const;

/**
 * How fast the budget of errors is used up: at 1 it lasts exactly as long as the promise's 30 days, at 14.4 it is
 * gone after two days. Not a number where there was nothing to judge.
 */
function burnOf({ slo, labels, judged, total, share }: Objective, window: Duration): Recording {
  const rate = (counted: string) => `sum by ${per()} (rate(${counted}[${window}]))`;
  return {
    record: `slo:interop_budget_burn:rate${window}`,
    labels: { slo, ...labels },
    expression: `${badShare(judged, { total, rate })} / ${round(1 - share)}`,
  };
}

/** A counter of bad cases may not exist before the first one; then there were none. */
function badShare(
  judged: Objective['judged'],
  { total, rate }: { readonly total: string; readonly rate: (counted: string) => string },
): string {
  return 'good' in judged
    ? `(1 - ${rate(judged.good)} / ${rate(total)})`
    : `((${rate(judged.bad)} or 0 * ${rate(total)}) / ${rate(total)})`;
}

/** The cases of a window, as a multiple of those that there must be. */
function casesOf({ slo, labels, total, minimumEvents }: Objective, window: Duration): Recording {
  return {
    record: `slo:interop_cases:ratio_of_minimum${window}`,
    labels: { slo, ...labels },
    expression: `sum by ${per()} (increase(${total}[${window}])) / ${minimumEvents}`,
  };
}

function recordingsOf(windows: readonly { readonly short: Duration; readonly long: Duration }[]) {
  const burns = [...new Set(windows.flatMap(({ short, long }) => [short, long]))];
  return objectives.flatMap((objective) => [
    ...burns.map((window) => burnOf(objective, window)),
    ...windows.map(({ long }) => casesOf(objective, long)),
  ]);
}

/** Who was down, or behind somebody who was, so lately that what waited meanwhile is still in the short window. */
const behindADeath = `last_over_time(${select('service:interop_cause:info')}[5m])`;

/** The same, where no death that had its own page explains it. */
function burnsByItself(alert: string, slo: Objective['slo']): string {
  return `${burns(alert, { ...FAST, slo })}
unless on ${per('service')}
  ${behindADeath}`;
}

/** The budget burns this fast over a long window, still does over a short one, and there was enough to judge. */
function burns(
  alert: string,
  {
    short,
    long,
    slo,
  }: { readonly short: Duration; readonly long: Duration; readonly slo?: Objective['slo'] },
): string {
  const matchers = slo === undefined ? '' : `slo="${slo}"`;
  const burn = (window: Duration) => select(`slo:interop_budget_burn:rate${window}`, matchers);
  return `  ${burn(long)} > @${alert}.threshold@
and on ${per(...PROMISE)}
  ${burn(short)} > @${alert}.threshold@
and on ${per(...PROMISE)}
  ${select(`slo:interop_cases:ratio_of_minimum${long}`, matchers)} >= 1`;
}

const round = (share: number) => Number(share.toPrecision(6));

const FAST = { short: '5m', long: '1h' } as const;
const SLOW = { short: '30m', long: '6h' } as const;
const STEADY = { short: '6h', long: '3d' } as const;
const multiple = (value: number) => ({
  threshold: { value, meaning: 'speed of burning; 1 uses the budget up in 30 days' },
});

const fastAlerts: readonly AlertDefinition[] = [
  {
    name: 'InteropEdgeDeliverySLOFast',
    severity: 'critical',
    for: '2m',
    cause: 'upstream',
    parameters: multiple(14.4),
    expression: burnsByItself('InteropEdgeDeliverySLOFast', 'edge-delivery'),
    summary: '{{ $labels.consumer }} gets the messages of {{ $labels.producer }} too late',
    description:
      'Messages on {{ $labels.topic }} arrive so late that the budget of 30 days burns {{ $value | printf "%.1f" }} times too fast; at this rate it is gone within two days.',
    dashboard: 'latido-slo',
  },
  {
    name: 'InteropApiErrorRate',
    severity: 'warning',
    for: '2m',
    cause: 'upstream',
    parameters: multiple(14.4),
    expression: burnsByItself('InteropApiErrorRate', 'api-availability'),
    summary: '{{ $labels.service }} answers many requests with 5xx',
    description:
      'The budget of failed requests of {{ $labels.service }} burns {{ $value | printf "%.1f" }} times too fast.',
    dashboard: 'latido-slo',
  },
  {
    name: 'InteropApiLatencySLO',
    severity: 'warning',
    for: '2m',
    cause: 'upstream',
    parameters: multiple(14.4),
    expression: burnsByItself('InteropApiLatencySLO', 'api-latency'),
    summary: '{{ $labels.service }} answers slowly',
    description:
      'The budget of slow answers of {{ $labels.service }} burns {{ $value | printf "%.1f" }} times too fast.',
    dashboard: 'latido-slo',
  },
  {
    name: 'InteropEventCompletionSLOFast',
    severity: 'warning',
    for: '2m',
    cause: 'upstream',
    parameters: multiple(14.4),
    expression: burnsByItself('InteropEventCompletionSLOFast', 'event-completion'),
    summary: 'Many events of {{ $labels.workflow }} fail',
    description:
      'Accepted events of {{ $labels.workflow }} end as failed so often that the budget burns {{ $value | printf "%.1f" }} times too fast.',
    dashboard: 'latido-slo',
  },
];

const slowAlerts: readonly AlertDefinition[] = [
  {
    name: 'InteropSLOSlow',
    severity: 'warning',
    for: '15m',
    cause: 'upstream',
    parameters: multiple(6),
    expression: burns('InteropSLOSlow', SLOW),
    summary: 'The {{ $labels.slo }} budget of {{ $labels.service }} is gone in five days',
    description:
      'Over 6 hours it burns {{ $value | printf "%.1f" }} times too fast. Nobody needs to get up; today somebody has to look.',
    dashboard: 'latido-slo',
  },
  {
    name: 'InteropSLOBudget',
    severity: 'info',
    for: '1h',
    cause: 'upstream',
    parameters: multiple(1),
    expression: burns('InteropSLOBudget', STEADY),
    summary: 'The {{ $labels.slo }} budget of {{ $labels.service }} will not last 30 days',
    description: 'Over 3 days it burns {{ $value | printf "%.1f" }} times as fast as it may.',
    dashboard: 'latido-slo',
  },
];

/** Promises whose budget burns so fast that somebody has to act now. */
export const fastBurn: RuleGroup = {
  name: 'latido-slo-fast',
  interval: '30s',
  recordings: recordingsOf([FAST]),
  alerts: fastAlerts,
};

/** Promises whose budget will not last. */
export const slowBurn: RuleGroup = {
  name: 'latido-slo-slow',
  interval: '1m',
  recordings: recordingsOf([SLOW, STEADY]),
  alerts: slowAlerts,
};
