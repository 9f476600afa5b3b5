import { dead, downstream, ofMonitor, type RuleCases, seeing, series } from '../rule-case';

const edge = { producer: 'service-a', consumer: 'service-b', topic: 'state-events' };
const service = 'service-b';
const about = { ...edge, service };
const onEdge = (name: string, labels: Readonly<Record<string, string>> = {}) =>
  ofMonitor(name, { ...edge, ...labels });
const messages = (outcome: string, pod = 'monitor-0') =>
  onEdge('interop_edge_messages_total', { outcome, pod });
const lost = (pod = 'monitor-0') => onEdge('interop_edge_messages_lost_total', { pod });
const mismatches = (kind: string) => onEdge('interop_edge_contract_mismatches_total', { kind });
const published = (pod = 'a-0') =>
  series('interop_messages_published_total', {
    producer: 'service-a',
    topic: 'state-events',
    version: '1',
    app: 'service-a',
    pod,
  });
const loss = { ...about, summary: 'service-b lost messages of service-a on state-events' };
const silent = { ...about, summary: 'Nothing of service-a reaches service-b on state-events' };

/** What happens to messages between services. */
export const edgeCases: RuleCases = {
  files: ['liveness', 'edges'],
  cases: [
    {
      alert: 'InteropEdgeLoss',
      when: 'three messages are lost, and no more',
      series: { [lost()]: '0x8 3x80', [lost('monitor-1')]: '0x8 3x80' },
      at: { '2m': [], '3m': [loss], '14m': [] },
    },
    {
      alert: 'InteropEdgeLoss',
      when: 'nothing is lost and a replica of the monitor begins anew',
      series: { [lost()]: '5x20 0x40', [lost('monitor-1')]: '5x60' },
      at: { '4m': [], '6m': [], '10m': [] },
    },
    {
      alert: 'InteropEdgeLoss',
      when: 'another namespace loses messages',
      series: { [onEdge('interop_edge_messages_lost_total', { namespace: 'other' })]: '0x8 3x80' },
      at: { '3m': [] },
    },
    {
      alert: 'InteropContractMismatch',
      when: 'a message comes in a version that nobody understands, and then no more',
      series: { [mismatches('unknown_version')]: '0x8 1x80' },
      at: {
        '2m': [],
        '3m': [
          {
            ...about,
            kind: 'unknown_version',
            summary: 'service-b does not understand what service-a sends on state-events (unknown_version)',
          },
        ],
        '15m': [],
      },
    },
    {
      alert: 'InteropContractMismatch',
      when: 'both ends understand each other',
      series: { [mismatches('unknown_version')]: '4x80', [mismatches('not_accepted')]: '0x80' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropEdgeSilent',
      when: 'messages are published and none arrives, until the consumer goes on',
      series: {
        ...seeing(),
        [published()]: '0+1x160',
        [messages('delivered')]: '0+1x40 40x40 41+1x80',
      },
      at: { '10m': [], '17m30s': [{ ...silent, cause_service: 'none' }], '22m': [] },
    },
    {
      alert: 'InteropEdgeSilent',
      when: 'nobody publishes anything',
      series: { ...seeing(), [published()]: '7x160', [messages('delivered')]: '7x160' },
      at: { '10m': [], '30m': [] },
    },
    {
      alert: 'InteropEdgeSilent',
      when: 'the monitor is away, which knows what arrived',
      series: { [published()]: '0+1x160' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropEdgeSilent',
      when: 'its consumer is down: the page for that explains it',
      series: {
        ...seeing(),
        ...downstream('service-a', 'service-b'),
        ...dead(service),
        [published()]: '0+1x160',
        [messages('delivered')]: '7x160',
      },
      at: { '10m': [{ ...silent, cause_service: 'service-b' }] },
    },
    {
      alert: 'InteropEdgeDuplicateRate',
      when: 'half of what arrives are copies, and then nothing is',
      series: { [messages('delivered')]: '0+5x200', [messages('duplicate')]: '0+5x60 300x140' },
      at: {
        '4m': [],
        '12m': [
          {
            ...about,
            cause_service: 'none',
            summary: '50% of what service-b gets from service-a are copies',
          },
        ],
        '22m': [],
      },
    },
    {
      alert: 'InteropEdgeDuplicateRate',
      when: 'three messages a day come twice',
      series: { [messages('delivered')]: '0x20 1x180', [messages('duplicate')]: '0x20 1x180' },
      at: { '12m': [] },
    },
    {
      alert: 'InteropEdgeOutOfOrder',
      when: 'half of what arrives was overtaken, and then nothing is',
      series: {
        [messages('delivered')]: '0+10x300',
        [onEdge('interop_edge_order_inversions_total')]: '0+5x120 600x180',
      },
      at: {
        '10m': [],
        '25m': [
          {
            ...about,
            summary: '50% of the messages from service-a to service-b are overtaken by later ones',
          },
        ],
        '40m': [],
      },
    },
    {
      alert: 'InteropEdgeOutOfOrder',
      when: 'one in ten was overtaken',
      series: {
        [messages('delivered')]: '0+10x300',
        [onEdge('interop_edge_order_inversions_total')]: '0+1x300',
      },
      at: { '30m': [] },
    },
  ],
};
