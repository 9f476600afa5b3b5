import { type Edge, edges as edgesOf, topology } from '@latido/topology';
import type { AlertDefinition, Recording, RuleGroup } from './alert';
import { EDGE, per, select, serviceFrom } from './promql';

/** The edges over which business messages go; heartbeats have the channel's own rules. */
const businessEdges: readonly Edge[] = edgesOf(topology).filter(({ topic }) => topic !== 'heartbeats');

const arrived = (matchers = '') => select('edge_outcome:interop_edge_messages:increase5m', matchers);
const ofConsumer = (expression: string) => serviceFrom('consumer', expression);

const expectedEdges: readonly Recording[] = businessEdges.map(({ producer, consumer, topic }) => ({
  record: 'edge:interop_edge_expected:info',
  expression: 'vector(1)',
  labels: { producer, consumer, topic },
}));

const recordings: readonly Recording[] = [
  ...expectedEdges,
  {
    record: 'edge:interop_messages_published:increase5m',
    expression: `  ${select('edge:interop_edge_expected:info')}
* on ${per('producer', 'topic')} group_left ()
  sum by ${per('producer', 'topic')} (increase(${select('interop_messages_published_total')}[5m]))`,
  },
  {
    record: 'edge_outcome:interop_edge_messages:increase5m',
    expression: `max by ${per(...EDGE, 'outcome')} (increase(${select('interop_edge_messages_total')}[5m]))`,
  },
];

const alerts: readonly AlertDefinition[] = [
  {
    name: 'InteropEdgeLoss',
    severity: 'critical',
    for: '0s',
    parameters: { threshold: { value: 0, meaning: 'lost messages in 10 minutes that are accepted' } },
    expression: ofConsumer(
      `max by ${per(...EDGE)} (increase(${select('interop_edge_messages_lost_total')}[10m])) > @InteropEdgeLoss.threshold@`,
    ),
    summary: '{{ $labels.consumer }} lost messages of {{ $labels.producer }} on {{ $labels.topic }}',
    description:
      '{{ $value | printf "%.0f" }} messages of the last 10 minutes were published and never arrived, although later ones did.',
    dashboard: 'latido-edges',
  },
  {
    name: 'InteropContractMismatch',
    severity: 'critical',
    for: '0s',
    keepFiringFor: '5m',
    parameters: { threshold: { value: 0, meaning: 'messages or contracts in 5 minutes that are accepted' } },
    expression: ofConsumer(
      `max by ${per(...EDGE, 'kind')} (increase(${select('interop_edge_contract_mismatches_total')}[5m])) > @InteropContractMismatch.threshold@`,
    ),
    summary:
      '{{ $labels.consumer }} does not understand what {{ $labels.producer }} sends on {{ $labels.topic }} ({{ $labels.kind }})',
    description:
      'The two ends of this edge do not agree on the contract of its messages: those it breaks end in the dead-letter queue.',
    dashboard: 'latido-edges',
  },
  {
    name: 'InteropEdgeSilent',
    severity: 'warning',
    for: '2m',
    cause: 'upstream',
    parameters: {
      threshold: { value: 1, meaning: 'messages published in 5 minutes from which on it counts' },
    },
    expression:
      ofConsumer(`  ${select('edge:interop_messages_published:increase5m')} >= @InteropEdgeSilent.threshold@
unless on ${per(...EDGE)}
  sum by ${per(...EDGE)} (${arrived()}) > 0
and on ${per()}
  min by ${per()} (${select('interop_monitor_blind', 'reason="warming"')}) == 0`),
    summary: 'Nothing of {{ $labels.producer }} reaches {{ $labels.consumer }} on {{ $labels.topic }}',
    description:
      '{{ $value | printf "%.0f" }} messages were published in 5 minutes and none arrived: a consumer that stands still, or a subscription that is gone.',
    dashboard: 'latido-edges',
  },
  {
    name: 'InteropEdgeDuplicateRate',
    severity: 'warning',
    for: '5m',
    cause: 'upstream',
    parameters: {
      threshold: { value: 0.1, meaning: 'share of arrivals that are copies' },
      minimumEvents: { value: 20, meaning: 'arrivals in 5 minutes from which on the share counts' },
    },
    expression: ofConsumer(`  sum by ${per(...EDGE)} (${arrived('outcome="duplicate"')})
/ on ${per(...EDGE)}
  (sum by ${per(...EDGE)} (${arrived('outcome=~"delivered|duplicate"')}) >= @InteropEdgeDuplicateRate.minimumEvents@)
> @InteropEdgeDuplicateRate.threshold@`),
    summary:
      '{{ $value | humanizePercentage }} of what {{ $labels.consumer }} gets from {{ $labels.producer }} are copies',
    description:
      'Each event still has one effect, but every copy costs a request and delays the others: a consumer that is too slow for its visibility timeout, or a producer that repeats itself.',
    dashboard: 'latido-edges',
  },
  {
    name: 'InteropEdgeOutOfOrder',
    severity: 'info',
    for: '15m',
    parameters: {
      threshold: { value: 0.2, meaning: 'share of arrivals that were overtaken' },
      minimumEvents: { value: 20, meaning: 'arrivals in 5 minutes from which on the share counts' },
    },
    expression:
      ofConsumer(`  max by ${per(...EDGE)} (increase(${select('interop_edge_order_inversions_total')}[5m]))
/ on ${per(...EDGE)}
  (sum by ${per(...EDGE)} (${arrived('outcome="delivered"')}) >= @InteropEdgeOutOfOrder.minimumEvents@)
> @InteropEdgeOutOfOrder.threshold@`),
    summary:
      '{{ $value | humanizePercentage }} of the messages from {{ $labels.producer }} to {{ $labels.consumer }} are overtaken by later ones',
    description:
      'Standard queues reorder, so some of this is normal. Where the order of a subject matters, use EVENT_ORDERING=fifo or EVENT_VERSION_ORDER=lamport.',
    dashboard: 'latido-edges',
  },
];

/** What happens to messages between services. Counters: the increase each replica saw, then the largest. */
export const edges: RuleGroup = { name: 'latido-edges', interval: '15s', recordings, alerts };
