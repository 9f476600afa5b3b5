import type { DashboardDescription } from './description';
import { maxBy, recorded } from './query';

const inService = 'service=~"$service"';
const OBJECTIVE = 'slo, service, topic';
const LEGEND = '{{slo}} {{service}} {{topic}}';
const COLUMNS = { slo: 'Objective', service: 'Service', topic: 'Topic' } as const;

/** The windows of the alerts, with the burn from which on each speaks. */
const WINDOWS = [
  {
    window: '1h',
    speaksAt: 14.4,
    says: 'Above 14.4 somebody is paged: the budget of a month is gone in two days.',
  },
  {
    window: '6h',
    speaksAt: 6,
    says: 'Above 6 there is a warning: the budget of a month is gone in five days.',
  },
  { window: '3d', speaksAt: 1, says: 'Above 1 there is a note: the budget will not last.' },
] as const;

/** How many times faster than allowed the budget was used over a window. */
const burn = (window: string): string =>
  maxBy(OBJECTIVE, recorded(`slo:interop_budget_burn:rate${window}`, inService));

/** Are promises kept, and how much may still go wrong? */
export const slo: DashboardDescription = {
  uid: 'latido-slo',
  title: 'Latido / Objectives',
  description:
    'Objectives of availability, latency, delivery and completion, with what is left of their budgets.',
  variables: [
    { name: 'service', label: 'Service', metric: 'slo:interop_budget_burn:rate3d', valuesOf: 'service' },
  ],
  rows: [
    {
      title: 'Budgets',
      panels: [
        {
          kind: 'table',
          title: 'Budget left of the last 3 days',
          description:
            'Share of the failures allowed in 3 days that has not happened. Below 0 the promise is broken.',
          unit: 'percentunit',
          width: 12,
          columns: { ...COLUMNS, Value: 'Left' },
          queries: [{ expr: `1 - ${burn('3d')}` }],
        },
        {
          kind: 'table',
          title: 'Cases in the last hour',
          description:
            'Beside the fewest that may page: below 100 %, three slow requests in a quiet night wake nobody.',
          unit: 'percentunit',
          width: 12,
          columns: { ...COLUMNS, Value: 'Of the minimum' },
          queries: [
            {
              expr: maxBy(OBJECTIVE, recorded('slo:interop_cases:ratio_of_minimum1h', inService)),
            },
          ],
        },
      ],
    },
    {
      title: 'Burn: 1 uses the budget up exactly',
      panels: WINDOWS.map(({ window, speaksAt, says }) => ({
        kind: 'lines',
        title: `Over ${window}`,
        description: says,
        unit: 'short',
        width: 8,
        bad: { red: speaksAt },
        queries: [{ expr: burn(window), legend: LEGEND }],
      })),
    },
  ],
};
