import type { DashboardDescription } from './description';
import { maxBy, rate, scope, series, sumBy } from './query';

/** Where are the events: accepted, on their way, applied, stuck? */
export const events: DashboardDescription = {
  uid: 'latido-events',
  title: 'Latido / Event pipeline',
  description: 'The way of an event from its acceptance to its receipt, and what waits on it.',
  variables: [],
  rows: [
    {
      title: 'Accepted events',
      panels: [
        {
          kind: 'number',
          title: 'Pending',
          description: 'Accepted events without a receipt.',
          unit: 'short',
          width: 6,
          queries: [{ expr: `sum(${maxBy('workflow', series('interop_events_pending'))})` }],
        },
        {
          kind: 'number',
          title: 'Oldest pending',
          description: 'Age of the oldest event without a receipt; 0 when none waits.',
          unit: 's',
          width: 6,
          bad: { yellow: 60, red: 300 },
          queries: [
            {
              expr: `(time() - min(${series('interop_event_oldest_pending_timestamp_seconds')} > 0)) or on() vector(0)`,
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Settled a second',
          description: 'Receipts that arrived, by what they said.',
          unit: 'cps',
          width: 12,
          queries: [
            {
              expr: sumBy('workflow, outcome', rate(series('interop_events_settled_total'))),
              legend: '{{workflow}} {{outcome}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Commits',
      panels: [
        {
          kind: 'areas',
          title: 'Commit outcomes a second',
          description: 'What the commit protocol did with each delivery.',
          unit: 'cps',
          width: 8,
          queries: [{ expr: sumBy('outcome', rate(series('interop_commits_total'))), legend: '{{outcome}}' }],
        },
        {
          kind: 'lines',
          title: 'Write units an applied event',
          description: 'What an event costs in each table. About 4 in all for an event of 1 KB.',
          unit: 'short',
          width: 8,
          queries: [
            {
              expr:
                sumBy('table', rate(series('interop_commit_write_units_total'))) +
                ` / on() group_left() (sum(${rate(series('interop_commits_total', 'outcome="applied"'))}) > 0)`,
              legend: '{{table}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Lamport clocks',
          description: 'Logical time of each service. It never runs backwards.',
          unit: 'short',
          width: 8,
          queries: [{ expr: maxBy('service', series('interop_lamport_clock')), legend: '{{service}}' }],
        },
      ],
    },
    {
      title: 'Queues',
      panels: [
        {
          kind: 'lines',
          title: 'Messages in queues',
          description: 'Visible ones wait for a consumer; those in flight are being handled.',
          unit: 'short',
          width: 12,
          queries: [
            { expr: maxBy('queue, state', series('interop_queue_messages')), legend: '{{queue}} {{state}}' },
          ],
        },
        {
          kind: 'lines',
          title: 'Messages in dead-letter queues',
          description: 'They wait for a person: look at them, mend the cause, send them again.',
          unit: 'short',
          width: 6,
          bad: { red: 1 },
          queries: [
            { expr: maxBy('queue', series('interop_dlq_messages', 'state="visible"')), legend: '{{queue}}' },
          ],
        },
        {
          kind: 'table',
          title: 'Dead letters by reason',
          description: 'Moved by a consumer in the time shown.',
          unit: 'short',
          width: 6,
          columns: { queue: 'Queue', reason: 'Reason', Value: 'Messages' },
          queries: [
            {
              expr: `round(sum by (queue, reason) (increase(${series('interop_dead_letters_total')}[$__range]))) > 0`,
            },
          ],
        },
      ],
    },
    {
      title: 'Processes',
      panels: [
        {
          kind: 'table',
          title: 'Builds',
          description: 'What runs.',
          unit: 'none',
          width: 24,
          columns: { service: 'Service', version: 'Version', node_version: 'Node', Value: 'Processes' },
          queries: [{ expr: `count by (service, version, node_version) (interop_build_info{${scope}})` }],
        },
      ],
    },
  ],
};
