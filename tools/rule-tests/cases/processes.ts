import { dead, downstream, type RuleCases, seeing, series } from '../rule-case';

const service = 'service-a';
const of = (pod: string) => ({ app: service, pod });
const oldest = (pod = 'a-0') =>
  series('interop_event_oldest_pending_timestamp_seconds', { ...of(pod), workflow: 'state-events' });
const letters = (state: string, pod = 'a-0') =>
  series('interop_dlq_messages', { ...of(pod), queue: 'service-a-receipts', state });
const dropped = series('interop_series_dropped_total', { ...of('a-0'), metric: 'interop_edge_in_flight' });
const overflow = (pod: string, result = 'overflow') =>
  series('interop_heartbeats_received_total', {
    app: 'heartbeat-monitor',
    pod,
    service: '_unknown',
    result,
  });
const scrape = (name: string, pod = 'a-0') => series(name, { ...of(pod), job: 'latido' });
const stuck = { service, app: service, workflow: 'state-events' };
const nearLimit = {
  service,
  app: service,
  pod: 'a-0',
  summary: 'The metrics page of a-0 is nearly too large to be scraped',
};

/** What the processes say of themselves. */
export const processCases: RuleCases = {
  files: ['liveness', 'processes', 'watchdog'],
  cases: [
    {
      alert: 'InteropEventStuck',
      when: 'an event waits for ten minutes, and then has its receipt',
      series: { [oldest()]: '1x40 _x40' },
      at: {
        '5m': [],
        '7m': [{ ...stuck, cause_service: 'none', summary: 'An event of state-events waits for 6m 59s' }],
        '16m': [],
      },
    },
    {
      alert: 'InteropEventStuck',
      when: 'events come and go',
      series: { [oldest()]: '1+15x60' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropEventStuck',
      when: 'a replica no longer looks while another does',
      series: { [oldest('a-0')]: '1x60', [oldest('a-1')]: '1+15x60' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropEventStuck',
      when: 'the service that would answer is down: the page for that explains it',
      series: {
        ...seeing(),
        ...downstream('service-b', 'service-a'),
        ...dead('service-b'),
        [oldest()]: '1x60',
      },
      at: {
        '10m': [
          { ...stuck, cause_service: 'service-b', summary: 'An event of state-events waits for 9m 59s' },
        ],
      },
    },
    {
      alert: 'InteropDLQNotEmpty',
      when: 'two messages were put aside, and sent back later',
      series: {
        [letters('visible')]: '0x8 2x20 0x40',
        [letters('in_flight')]: '0x80',
        [letters('visible', 'a-1')]: '0x8 2x20 0x40',
      },
      at: {
        '3m': [],
        '4m': [
          {
            service,
            app: service,
            queue: 'service-a-receipts',
            summary: '2 dead letter(s) of service-a-receipts wait for a person',
          },
        ],
        '8m': [],
      },
    },
    {
      alert: 'InteropDLQNotEmpty',
      when: 'there is none',
      series: { [letters('visible')]: '0x80' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropCardinalityDropped',
      when: 'a metric is full, and then is not',
      series: { [dropped]: '0x8 5x120' },
      at: {
        '2m': [],
        '3m': [
          {
            service,
            app: service,
            metric: 'interop_edge_in_flight',
            summary: 'service-a is full: it drops a part of interop_edge_in_flight',
          },
        ],
        '25m': [],
      },
    },
    {
      alert: 'InteropCardinalityDropped',
      when: 'a service too many beats: both replicas have no room for it, until it is stopped',
      series: { [overflow('m-0')]: '0x8 6+6x40 240x80', [overflow('m-1')]: '0x8 6+6x40 240x80' },
      at: {
        '1m': [],
        '3m': [
          {
            service: 'heartbeat-monitor',
            app: 'heartbeat-monitor',
            metric: 'interop_heartbeats_received_total',
            summary: 'heartbeat-monitor is full: it drops a part of interop_heartbeats_received_total',
          },
        ],
        '33m': [],
      },
    },
    {
      alert: 'InteropCardinalityDropped',
      when: 'heartbeats are counted under no name because nobody can read them',
      series: { [overflow('m-0', 'malformed')]: '0+6x80' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropCardinalityDropped',
      when: 'samples were dropped long ago',
      series: { [dropped]: '5x80' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropScrapeNearLimit',
      when: 'a page takes nine seconds, and is fast again',
      series: { [scrape('up')]: '1x100', [scrape('scrape_duration_seconds')]: '0.1x8 9x40 0.1x40' },
      at: { '6m': [], '8m': [nearLimit], '13m': [] },
    },
    {
      alert: 'InteropScrapeNearLimit',
      when: 'a process is frozen and gives no page at all',
      series: { [scrape('up')]: '1x8 0x60', [scrape('scrape_duration_seconds')]: '0.1x8 10x60' },
      at: { '8m': [], '14m': [] },
    },
    {
      alert: 'InteropScrapeNearLimit',
      when: 'a page has half a million samples',
      series: { [scrape('scrape_samples_scraped')]: '500000x80' },
      at: { '8m': [nearLimit] },
    },
    {
      alert: 'InteropScrapeNearLimit',
      when: 'pages are as large as they should be',
      series: {
        [scrape('scrape_duration_seconds')]: '0.1x80',
        [scrape('scrape_samples_scraped')]: '5000x80',
      },
      at: { '10m': [] },
    },
    {
      alert: 'InteropWatchdog',
      when: 'nothing happens at all',
      series: { [series('up', of('a-0'))]: '1x8' },
      at: { '0s': [{ service: 'heartbeat-monitor', summary: 'Alerting works' }] },
    },
  ],
};
