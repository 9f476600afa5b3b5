import type { DashboardDescription } from './description';
import { countOfReplicas, maxBy, quantile, rate, rateOfReplicas, series, sumBy } from './query';
import { TRUSTED } from './verdicts';

const EDGE = 'producer, consumer, topic';
const chosen = ['producer=~"$producer"', 'consumer=~"$consumer"', 'topic=~"$topic"'] as const;
const LEGEND = '{{producer}} → {{consumer}} ({{topic}})';
const COLUMNS = { producer: 'Producer', consumer: 'Consumer', topic: 'Topic' } as const;

const outcomes = (outcome: string): string =>
  series('interop_edge_messages_total', ...chosen, `outcome=~"${outcome}"`);

/** Does every message arrive, once, in time, in a contract that both ends understand? */
export const edges: DashboardDescription = {
  uid: 'latido-edges',
  title: 'Latido / Edges',
  description: 'Whether every message arrives, once, in order, in time and understood, on each edge.',
  variables: ['producer', 'consumer', 'topic'].map((name) => ({
    name,
    label: `${name[0]!.toUpperCase()}${name.slice(1)}`,
    metric: 'interop_edge_messages_total',
    valuesOf: name,
  })),
  rows: [
    {
      title: 'Conservation: published = delivered + dead-lettered + in flight',
      panels: [
        {
          kind: 'number',
          title: 'Lost',
          description:
            'Messages that were published in the time shown and never arrived. The only good figure is 0.',
          unit: 'short',
          width: 6,
          bad: { red: 1 },
          queries: [
            {
              expr: `round(sum(${countOfReplicas(EDGE, series('interop_edge_messages_lost_total', ...chosen))}))`,
            },
          ],
        },
        {
          kind: 'number',
          title: 'Dead-lettered',
          description: 'Messages that nobody could handle in the time shown; they wait for a person.',
          unit: 'short',
          width: 6,
          bad: { red: 1 },
          queries: [{ expr: `round(sum(${countOfReplicas(EDGE, outcomes('dead_lettered'))}))` }],
        },
        {
          kind: 'number',
          title: 'In flight',
          description: 'Published and not yet arrived. Grows while a consumer stands still.',
          unit: 'short',
          width: 6,
          queries: [{ expr: `sum(${maxBy(EDGE, series('interop_edge_in_flight', ...chosen) + TRUSTED)})` }],
        },
        {
          kind: 'number',
          title: 'Contract mismatches',
          description: 'Messages in the time shown that their consumer did not understand.',
          unit: 'short',
          width: 6,
          bad: { red: 1 },
          queries: [
            {
              expr: `round(sum(${countOfReplicas(`${EDGE}, kind`, series('interop_edge_contract_mismatches_total', ...chosen))}))`,
            },
          ],
        },
        {
          kind: 'table',
          title: 'Messages by what became of them',
          description: 'In the time shown, an edge. Duplicates and late ones change no state.',
          unit: 'short',
          width: 12,
          columns: { ...COLUMNS, outcome: 'Outcome', Value: 'Messages' },
          queries: [{ expr: `round(${countOfReplicas(`${EDGE}, outcome`, outcomes('.*'))})` }],
        },
        {
          kind: 'lines',
          title: 'In flight',
          description: 'Published and not yet arrived, an edge.',
          unit: 'short',
          width: 12,
          queries: [
            { expr: maxBy(EDGE, series('interop_edge_in_flight', ...chosen) + TRUSTED), legend: LEGEND },
          ],
        },
      ],
    },
    {
      title: 'Rate, errors, duration',
      panels: [
        {
          kind: 'lines',
          title: 'Delivered a second',
          description: 'First deliveries, an edge.',
          unit: 'cps',
          width: 8,
          queries: [{ expr: rateOfReplicas(EDGE, outcomes('delivered')), legend: LEGEND }],
        },
        {
          kind: 'lines',
          title: 'Failed and dead-lettered',
          description: 'Share of the messages of an edge that could not be handled.',
          unit: 'percentunit',
          width: 8,
          queries: [
            {
              expr:
                rateOfReplicas(EDGE, outcomes('failed|dead_lettered')) +
                ` / (${rateOfReplicas(EDGE, outcomes('delivered|failed|dead_lettered'))} > 0)`,
              legend: LEGEND,
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Time to delivery',
          description:
            'From the making of an event to its arrival, as the consumer saw it; a point opens its trace.',
          unit: 's',
          width: 8,
          exemplars: true,
          queries: [0.5, 0.95, 0.99].map((q) => ({
            expr: quantile(q, EDGE, series('interop_edge_delivery_seconds_bucket', ...chosen)),
            legend: `p${q * 100} ${LEGEND}`,
          })),
        },
        {
          kind: 'lines',
          title: 'Time of processing',
          description: 'From the arrival of an event to the end of its handling; a point opens its trace.',
          unit: 's',
          width: 8,
          exemplars: true,
          queries: [0.5, 0.95, 0.99].map((q) => ({
            expr: quantile(q, EDGE, series('interop_edge_processing_seconds_bucket', ...chosen)),
            legend: `p${q * 100} ${LEGEND}`,
          })),
        },
        {
          kind: 'lines',
          title: 'Duplicates and late ones',
          description:
            'Share of deliveries that repeat an earlier one or come behind a newer one. Both are harmless, and both cost.',
          unit: 'percentunit',
          width: 8,
          queries: [
            {
              expr:
                rateOfReplicas(EDGE, outcomes('duplicate|late')) +
                ` / (${rateOfReplicas(EDGE, outcomes('delivered|duplicate|late'))} > 0)`,
              legend: LEGEND,
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Order inversions a second',
          description: 'Messages that arrived behind one with a higher number. Usual with standard queues.',
          unit: 'cps',
          width: 8,
          queries: [
            {
              expr: rateOfReplicas(EDGE, series('interop_edge_order_inversions_total', ...chosen)),
              legend: LEGEND,
            },
          ],
        },
      ],
    },
    {
      title: 'Contracts',
      panels: [
        {
          kind: 'table',
          title: 'Contract matrix',
          description:
            'The contract versions that the two ends of an edge speak, as their living instances say themselves.',
          unit: 'none',
          width: 14,
          columns: { ...COLUMNS, produced: 'Produces', accepted: 'Accepts', Value: 'Known' },
          queries: [
            { expr: maxBy(`${EDGE}, produced, accepted`, series('interop_edge_contract_info', ...chosen)) },
          ],
        },
        {
          kind: 'lines',
          title: 'Published a second by contract version',
          description: 'What producers send, by version of the contract.',
          unit: 'cps',
          width: 10,
          queries: [
            {
              expr: sumBy(
                'producer, topic, version',
                rate(series('interop_messages_published_total', 'producer=~"$producer"', 'topic=~"$topic"')),
              ),
              legend: '{{producer}} {{topic}} v{{version}}',
            },
          ],
        },
      ],
    },
  ],
};
