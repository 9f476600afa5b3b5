import type { MetricName } from '@latido/observability';
import { type EdgeObjective, topology } from '@latido/topology';
import { select } from './promql';

/** A promise that is watched: how its good and its total cases are counted. */
export interface Objective {
  readonly slo: 'api-availability' | 'api-latency' | 'edge-delivery' | 'event-completion';
  /** Names of what the promise is about; labels of its series. */
  readonly labels: Readonly<Record<string, string>> & { readonly service: string };
  readonly share: number;
  readonly minimumEvents: number;
  /** Counters of all cases, and of the good or the bad ones among them. */
  readonly total: string;
  readonly judged: { readonly good: string } | { readonly bad: string };
}

/** Answers to probes and streams say nothing about what users wait for. */
const ASKED_BY_USERS = 'http_route!~"/health.*|/api/stream"';
const FAILED = 'http_response_status_code=~"5.."';
const NOT_FAILED = 'http_response_status_code!~"5.."';
const http: MetricName = 'http_server_request_duration_seconds';

const apiObjectives: readonly Objective[] = topology.services.flatMap(({ name: service, api }) => {
  const requests = `app="${service}",${ASKED_BY_USERS}`;
  // What failed has used up the other budget already: retries make it slow, which would be told twice.
  const answered = `${requests},${NOT_FAILED}`;
  const { availability, latency } = api;
  const labels = { service };
  return [
    {
      slo: 'api-availability',
      labels,
      share: availability.share,
      minimumEvents: availability.minimumEvents,
      judged: { bad: select(`${http}_count`, `${requests},${FAILED}`) },
      total: select(`${http}_count`, requests),
    },
    {
      slo: 'api-latency',
      labels,
      share: latency.share,
      minimumEvents: latency.minimumEvents,
      judged: { good: select(`${http}_bucket`, `${answered},le="${latency.withinSeconds}"`) },
      total: select(`${http}_count`, answered),
    },
  ] as const;
});

function edgeObjective(objective: EdgeObjective): Objective {
  const { producer, consumer, topic, share, minimumEvents, withinSeconds } = objective;
  const edge = `producer="${producer}",consumer="${consumer}",topic="${topic}"`;
  return {
    slo: 'edge-delivery',
    labels: { service: consumer, producer, consumer, topic },
    share,
    minimumEvents,
    judged: { good: select('interop_edge_delivery_seconds_bucket', `${edge},le="${withinSeconds}"`) },
    total: select('interop_edge_delivery_seconds_count', edge),
  };
}

const workflowObjectives = topology.workflowObjectives.map(
  ({ workflow, service, share, minimumEvents }): Objective => ({
    slo: 'event-completion',
    labels: { service, workflow },
    share,
    minimumEvents,
    judged: { bad: select('interop_events_settled_total', `workflow="${workflow}",outcome="failed"`) },
    total: select('interop_events_settled_total', `workflow="${workflow}"`),
  }),
);

/** Every promise of the topology. */
export const objectives: readonly Objective[] = [
  ...apiObjectives,
  ...topology.edgeObjectives.map(edgeObjective),
  ...workflowObjectives,
];
