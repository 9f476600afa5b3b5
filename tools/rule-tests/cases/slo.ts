import { dead, downstream, instances, type RuleCases, seeing, series } from '../rule-case';

const edge = { producer: 'service-a', consumer: 'service-b', topic: 'state-events' };
const delivered = series('interop_edge_delivery_seconds_count', { ...edge, app: 'service-b', pod: 'b-0' });
const inTime = series('interop_edge_delivery_seconds_bucket', {
  ...edge,
  app: 'service-b',
  pod: 'b-0',
  le: '2.5',
});
const onEdge = { slo: 'edge-delivery', service: 'service-b', ...edge };
const late = { ...onEdge, summary: 'service-b gets the messages of service-a too late' };

const requests = (part: 'count' | 'bucket', labels: Readonly<Record<string, string>>) =>
  series(`http_server_request_duration_seconds_${part}`, {
    app: 'service-a',
    pod: 'a-0',
    http_request_method: 'POST',
    http_route: '/events',
    http_response_status_code: '202',
    ...labels,
  });
const answered = requests('count', {});
const failed = requests('count', { http_response_status_code: '500' });
const probes = requests('count', { http_route: '/health/ready', http_response_status_code: '503' });
const quick = requests('bucket', { le: '0.5' });
const errors = {
  slo: 'api-availability',
  service: 'service-a',
  cause_service: 'none',
  summary: 'service-a answers many requests with 5xx',
};
const settled = (outcome: string) =>
  series('interop_events_settled_total', {
    app: 'service-a',
    pod: 'a-0',
    workflow: 'state-events',
    outcome,
  });

/** Promises whose budget burns so fast that somebody has to act now. */
export const fastCases: RuleCases = {
  files: ['liveness', 'slo-fast'],
  cases: [
    {
      alert: 'InteropEdgeDeliverySLOFast',
      when: 'every message is late for half an hour, and then none',
      step: '1m',
      series: { [delivered]: '0+20x200', [inTime]: '0+20x60 1200x30 1220+20x100' },
      at: { '62m': [], '85m': [{ ...late, cause_service: 'none' }], '100m': [] },
    },
    {
      alert: 'InteropEdgeDeliverySLOFast',
      when: 'three messages an hour are all late: too few to wake somebody',
      step: '1m',
      series: { [delivered]: '0x20 1x20 2x20 3x60', [inTime]: '0x120' },
      at: { '60m': [], '100m': [] },
    },
    {
      alert: 'InteropEdgeDeliverySLOFast',
      when: 'one message in twenty is late',
      step: '1m',
      series: { [delivered]: '0+20x120', [inTime]: '0+19x120' },
      at: { '90m': [] },
    },
    {
      alert: 'InteropEdgeDeliverySLOFast',
      when: 'its producer is down and what it left is late: that has a page of its own',
      step: '1m',
      series: {
        ...seeing('monitor-0', 200),
        ...downstream('service-a', 'service-b'),
        ...dead('service-a'),
        [delivered]: '0+20x120',
        [inTime]: '0x120',
      },
      at: { '30m': [], '60m': [] },
    },
    {
      alert: 'InteropEdgeDeliverySLOFast',
      when: 'its consumer was down for ten minutes, and gets then what waited',
      step: '1m',
      series: {
        ...seeing('monitor-0', 200),
        [instances('service-b', 'up')]: '1x60 0x10 1x60',
        [instances('service-b', 'down')]: '0x60 1x10 0x60',
        [delivered]: '0+20x60 1200x10 1400+20x60',
        [inTime]: '0+20x60 1200x10 1200+20x60',
      },
      at: { '65m': [], '73m': [], '76m': [], '80m': [], '90m': [] },
    },
    {
      alert: 'InteropEdgeDeliverySLOFast',
      when: 'messages are still late ten minutes after their consumer came back',
      step: '1m',
      series: {
        ...seeing('monitor-0', 200),
        [instances('service-b', 'up')]: '1x60 0x10 1x60',
        [instances('service-b', 'down')]: '0x60 1x10 0x60',
        [delivered]: '0+20x60 1200x10 1400+20x60',
        [inTime]: '0+20x60 1200x70',
      },
      at: { '73m': [], '85m': [{ ...late, cause_service: 'none' }] },
    },
    {
      alert: 'InteropApiErrorRate',
      when: 'a tenth of the requests fails, and then none',
      step: '1m',
      series: { [answered]: '0+90x200', [failed]: '0x60 0+10x40 410x100' },
      at: { '60m': [], '90m': [errors], '115m': [] },
    },
    {
      alert: 'InteropApiErrorRate',
      when: 'every request has failed since the start',
      step: '1m',
      series: { [failed]: '0+10x120' },
      at: { '30m': [errors] },
    },
    {
      alert: 'InteropApiErrorRate',
      when: 'only probes are told that it is not ready',
      step: '1m',
      series: { [answered]: '0+90x120', [probes]: '0+60x120' },
      at: { '90m': [] },
    },
    {
      alert: 'InteropApiLatencySLO',
      when: 'a third of the answers is slow, and then none',
      step: '1m',
      series: { [answered]: '0+30x200', [quick]: '0+30x60 1800+20x40 2630+30x100' },
      at: {
        '60m': [],
        '95m': [
          {
            slo: 'api-latency',
            service: 'service-a',
            cause_service: 'none',
            summary: 'service-a answers slowly',
          },
        ],
        '115m': [],
      },
    },
    {
      alert: 'InteropApiLatencySLO',
      when: 'what fails takes long, and what does not is quick',
      step: '1m',
      series: {
        [answered]: '0+30x120',
        [quick]: '0+30x120',
        [failed]: '0+30x120',
        [requests('bucket', { le: '0.5', http_response_status_code: '500' })]: '0x120',
      },
      at: { '90m': [] },
    },
    {
      alert: 'InteropApiLatencySLO',
      when: 'nobody asks anything',
      step: '1m',
      series: { [answered]: '5x120', [quick]: '5x120' },
      at: { '90m': [] },
    },
    {
      alert: 'InteropEventCompletionSLOFast',
      when: 'a tenth of the events fails, and then none',
      step: '1m',
      series: { [settled('complete')]: '0+9x200', [settled('failed')]: '0x60 0+1x40 41x100' },
      at: {
        '60m': [],
        '90m': [
          {
            slo: 'event-completion',
            service: 'service-a',
            workflow: 'state-events',
            cause_service: 'none',
            summary: 'Many events of state-events fail',
          },
        ],
        '115m': [],
      },
    },
    {
      alert: 'InteropEventCompletionSLOFast',
      when: 'all events are completed',
      step: '1m',
      series: { [settled('complete')]: '0+10x120', [settled('failed')]: '0x120' },
      at: { '90m': [] },
    },
  ],
};

const burning = (alert: 'is gone in five days' | 'will not last 30 days') => ({
  ...onEdge,
  cause_service: 'none',
  summary: `The edge-delivery budget of service-b ${alert}`,
});

/** Promises whose budget will not last. */
export const slowCases: RuleCases = {
  files: ['slo-slow'],
  cases: [
    {
      alert: 'InteropSLOSlow',
      when: 'a tenth of the messages is late for six hours, and then none',
      step: '5m',
      series: { [delivered]: '0+100x200', [inTime]: '0+100x72 7200+90x72 13690+100x60' },
      at: { '8h': [], '11h30m': [burning('is gone in five days')], '13h': [] },
    },
    {
      alert: 'InteropSLOSlow',
      when: 'one message in fifty is late',
      step: '5m',
      series: { [delivered]: '0+100x150', [inTime]: '0+98x150' },
      at: { '11h': [] },
    },
    {
      alert: 'InteropSLOBudget',
      when: 'one message in fifty is late for two days, and then none',
      step: '15m',
      series: { [delivered]: '0+100x570', [inTime]: '0+100x288 28800+98x192 47716+100x90' },
      at: { '4d': [], '4d20h': [burning('will not last 30 days')], '5d12h': [] },
    },
    {
      alert: 'InteropSLOBudget',
      when: 'three messages a day come, all of them late',
      step: '15m',
      series: { [delivered]: '0x32 1x32 2x32 3x32 4x32 5x32 6x100', [inTime]: '0x300' },
      at: { '2d': [], '3d': [] },
    },
  ],
};
