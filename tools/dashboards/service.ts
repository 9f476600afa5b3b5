import type { DashboardDescription } from './description';
import { maxBy, quantile, rate, rateOfReplicas, scope, series, sumBy } from './query';
import { instances, TRUSTED } from './verdicts';

const inService = 'service=~"$service"';
/** The target label of the pods of a service. */
const ofService = 'app=~"$service"';
const requests = (...matchers: readonly string[]): string =>
  series('http_server_request_duration_seconds_count', ofService, ...matchers);

/** Is one service well, and if not, since when and in which instance? */
export const service: DashboardDescription = {
  uid: 'latido-service',
  title: 'Latido / Service',
  description: 'Instances, requests and resources of a service.',
  variables: [
    { name: 'service', label: 'Service', metric: 'interop_service_expected_instances', valuesOf: 'service' },
  ],
  rows: [
    {
      title: 'Instances',
      panels: [
        {
          kind: 'lines',
          title: 'Instances by state',
          description: 'As the monitor sees them.',
          unit: 'short',
          width: 8,
          queries: [{ expr: `${instances(inService)} > 0`, legend: '{{service}} {{state}}' }],
        },
        {
          kind: 'lines',
          title: 'Restarts a second',
          description: 'New incarnations of known instances. Several in a row: a crash loop.',
          unit: 'cps',
          width: 8,
          queries: [
            {
              expr: rateOfReplicas('service', series('interop_instance_restarts_total', inService)),
              legend: '{{service}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Clock skew',
          description:
            'Largest offset of a sender clock. Liveness does not depend on it; order by time of day does.',
          unit: 's',
          width: 8,
          bad: { yellow: 1, red: 30 },
          queries: [
            {
              expr: maxBy('service', series('interop_clock_skew_seconds', inService) + TRUSTED),
              legend: '{{service}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Requests',
      panels: [
        {
          kind: 'lines',
          title: 'Throughput',
          description: 'HTTP requests answered a second, by route.',
          unit: 'reqps',
          width: 8,
          queries: [
            {
              expr: sumBy('app, http_request_method, http_route', rate(requests())),
              legend: '{{app}} {{http_request_method}} {{http_route}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Failed requests',
          description: 'Share of answers 5xx.',
          unit: 'percentunit',
          width: 8,
          bad: { yellow: 0.001, red: 0.01 },
          queries: [
            {
              expr:
                `(${sumBy('app', rate(requests('http_response_status_code=~"5.."')))} or 0 * ${sumBy('app', rate(requests()))})` +
                ` / ${sumBy('app', rate(requests()))}`,
              legend: '{{app}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Latency',
          description: 'Of HTTP requests, all routes of a service together.',
          unit: 's',
          width: 8,
          queries: [0.5, 0.95, 0.99].map((q) => ({
            expr: quantile(q, 'app', series('http_server_request_duration_seconds_bucket', ofService)),
            legend: `p${q * 100} {{app}}`,
          })),
        },
      ],
    },
    {
      title: 'Processes',
      panels: [
        {
          kind: 'lines',
          title: 'Memory',
          description: 'Resident memory of each process.',
          unit: 'bytes',
          width: 8,
          queries: [{ expr: `process_resident_memory_bytes{${scope},${ofService}}`, legend: '{{pod}}' }],
        },
        {
          kind: 'lines',
          title: 'CPU',
          description: 'Cores used by each process.',
          unit: 'short',
          width: 8,
          queries: [{ expr: rate(`process_cpu_seconds_total{${scope},${ofService}}`), legend: '{{pod}}' }],
        },
        {
          kind: 'lines',
          title: 'Event loop lag',
          description: 'p99 of each process. Above a second, a monitor calls itself blind.',
          unit: 's',
          width: 8,
          bad: { yellow: 0.1, red: 1 },
          queries: [{ expr: `nodejs_eventloop_lag_p99_seconds{${scope},${ofService}}`, legend: '{{pod}}' }],
        },
      ],
    },
  ],
};
