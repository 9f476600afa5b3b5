import { instances, ofMonitor, type RuleCases, seeing } from '../rule-case';

const service = 'heartbeat-monitor';
const blind = (pod: string, reason: string) => ofMonitor('interop_monitor_blind', { pod, reason });
const suspected = (name: string) =>
  ofMonitor('interop_instance_transitions_total', { service: name, to: 'suspect', reason: 'silence' });
const expected = (name: string) => ofMonitor('interop_service_expected_instances', { service: name });
/** All three instances of a service die in the ninth step, and are replaced twenty steps later. */
const dies = (name: string) => ({
  [suspected(name)]: '0x8 3x80',
  [expected(name)]: '3x80',
  [instances(name, 'up')]: '3x8 0x20 3x60',
  [instances(name, 'suspect')]: '0x8 3x1 0x80',
  [instances(name, 'down')]: '0x10 3x80',
});
const mass = (pod: string) => ofMonitor('interop_mass_silence', { pod });
const silence = { service, summary: 'Many instances fell silent at once' };
const dead = (name: string, fell_together: string) => ({
  service: name,
  cause_service: name,
  fell_together,
  summary: `Service ${name} is down`,
});
const gone = (name: string, fell_together: string) => ({
  service: name,
  fell_together,
  summary: `Service ${name} left and did not come back`,
});

/** Many deaths with one cause: one page for them, and pages of their own for those that die alone. */
export const massSilenceCases: RuleCases = {
  files: ['liveness'],
  cases: [
    {
      alert: 'InteropMassSilence',
      when: 'many fall silent on a channel that works',
      series: { ...seeing(), [mass('monitor-0')]: '0x7 1x4 0x60' },
      at: { '1m45s': [], '2m15s': [silence], '7m': [silence], '10m': [] },
    },
    {
      alert: 'InteropMassSilence',
      when: 'it is one service that dies as a whole, which has a page of its own',
      series: { ...seeing(), [mass('monitor-0')]: '0x8 1x4 0x80', ...dies('service-b') },
      at: { '2m15s': [], '3m': [], '5m': [], '8m': [], '12m': [] },
    },
    {
      alert: 'InteropMassSilence',
      when: 'half of one service dies',
      series: {
        ...seeing(),
        [mass('monitor-0')]: '0x8 1x4 0x80',
        [suspected('service-b')]: '0x8 3x80',
        [expected('service-b')]: '6x80',
        [instances('service-b', 'up')]: '6x8 3x80',
        [instances('service-b', 'down')]: '0x10 3x80',
      },
      at: { '2m15s': [silence], '8m': [silence], '10m': [] },
    },
    {
      alert: 'InteropMassSilence',
      when: 'two services die as a whole: it lasts until they are back, and five minutes more',
      series: {
        ...seeing(),
        [mass('monitor-0')]: '0x8 1x4 0x80',
        ...dies('service-a'),
        ...dies('service-b'),
      },
      at: { '2m15s': [silence], '7m': [silence], '11m45s': [silence], '13m': [] },
    },
    {
      alert: 'InteropMassSilence',
      when: 'two services never come back: each gets its own page in the end',
      series: {
        ...seeing('monitor-0', 200),
        [mass('monitor-0')]: '0x8 1x4 0x200',
        [expected('service-a')]: '1x200',
        [instances('service-a', 'down')]: '0x10 1x200',
        [instances('service-a', 'up')]: '1x8 0x200',
      },
      at: { '2m15s': [silence], '18m': [silence], '24m': [] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'it fell silent with another, and a third dies alone while the mass silence lasts',
      series: {
        ...seeing(),
        [mass('monitor-0')]: '0x8 1x4 0x80',
        ...dies('service-a'),
        ...dies('service-b'),
        [suspected('service-c')]: '0x20 3x80',
        [expected('service-c')]: '3x100',
        [instances('service-c', 'up')]: '3x20 0x80',
        [instances('service-c', 'suspect')]: '0x20 3x1 0x80',
        [instances('service-c', 'down')]: '0x22 3x80',
      },
      at: {
        '2m30s': [],
        '2m45s': [dead('service-a', 'yes'), dead('service-b', 'yes')],
        '6m': [dead('service-a', 'yes'), dead('service-b', 'yes'), dead('service-c', 'no')],
        '14m': [dead('service-c', 'no')],
      },
    },
    {
      alert: 'InteropServiceDown',
      when: 'it fell silent with others, came back, and dies alone',
      series: {
        ...seeing(),
        [mass('monitor-0')]: '0x8 1x4 0x80',
        ...dies('service-b'),
        [suspected('service-a')]: '0x8 1x12 2x80',
        [instances('service-a', 'up')]: '1x8 0x8 1x4 0x80',
        [instances('service-a', 'down')]: '0x10 1x6 0x6 1x60',
      },
      at: {
        '3m': [dead('service-a', 'yes'), dead('service-b', 'yes')],
        '7m': [dead('service-a', 'no'), dead('service-b', 'yes')],
      },
    },
    {
      alert: 'InteropServiceMissing',
      when: 'it fell mute with another service, and a third leaves meanwhile',
      series: {
        ...seeing(),
        [mass('monitor-0')]: '0x8 1x4 0x80',
        ...dies('service-b'),
        [suspected('service-a')]: '0x8 3x80',
        [expected('service-a')]: '3x80',
        [instances('service-a', 'up')]: '3x8 0x80',
        [instances('service-a', 'mute')]: '0x8 3x80',
        [expected('service-c')]: '1x80',
        [instances('service-c', 'up')]: '1x8 0x80',
        [instances('service-c', 'left')]: '0x8 1x80',
      },
      at: { '4m30s': [gone('service-a', 'yes'), gone('service-c', 'no')] },
    },
    {
      alert: 'InteropMassSilence',
      when: 'only a replica says so that is blind while another sees',
      series: {
        ...seeing('monitor-0'),
        [blind('monitor-1', 'lag')]: '1x60',
        [mass('monitor-0')]: '0x60',
        [mass('monitor-1')]: '1x60',
      },
      at: { '5m': [] },
    },
  ],
};
