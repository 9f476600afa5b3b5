import { dead, downstream, instances, ofMonitor, type RuleCases, seeing } from '../rule-case';

const service = 'service-a';
const own = { service, cause_service: service };
const without = { service, cause_service: 'none' };
const isDown = { ...own, summary: 'Service service-a is down' };
const dying = {
  [instances(service, 'up')]: '1x8 0x20 1x40',
  [instances(service, 'down')]: '0x8 1x20 0x40',
};
const expected = (name: string) => ofMonitor('interop_service_expected_instances', { service: name });
const maintenance = ofMonitor('interop_service_maintenance_until_timestamp_seconds', { service });
const transitions = (to: string, reason: string) =>
  ofMonitor('interop_instance_transitions_total', { service, to, reason });
const restarts = (pod = 'monitor-0') => ofMonitor('interop_instance_restarts_total', { service, pod });
const skew = ofMonitor('interop_clock_skew_seconds', { service });
const version = (name: string, instance_id: string) =>
  ofMonitor('interop_instance_info', { service, instance_id, version: name, zone: 'z' });
const missing = { service, summary: 'Service service-a left and did not come back' };
const degraded = (name: string, cause: string) => ({
  service: name,
  cause_service: cause,
  summary: `Service ${name} has only 1 instance(s) alive`,
});

/** Who died, vanished, limps, or cannot make up its mind. */
export const serviceCases: RuleCases = {
  files: ['liveness'],
  cases: [
    {
      alert: 'InteropServiceDown',
      when: 'the last instance dies, and is replaced',
      series: { ...seeing(), ...dying },
      at: { '2m': [], '2m15s': [isDown], '8m': [isDown], '11m': [] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'the last instance says goodbye',
      series: {
        ...seeing(),
        [instances(service, 'up')]: '1x8 0x40',
        [instances(service, 'left')]: '0x8 1x40',
      },
      at: { '5m': [] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'one of two dies and the other starts',
      series: {
        ...seeing(),
        [instances(service, 'down')]: '1x40',
        [instances(service, 'starting')]: '1x40',
        [instances(service, 'up')]: '0x40',
      },
      at: { '5m': [] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'a blind replica still calls it alive',
      series: {
        ...seeing(),
        ...dead(service),
        [ofMonitor('interop_monitor_blind', { pod: 'monitor-1', reason: 'lag' })]: '1x40',
        [instances(service, 'up', { pod: 'monitor-1' })]: '1x40',
      },
      at: { '2m': [isDown] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'another replica that sees still hears it',
      series: {
        ...seeing(),
        ...seeing('monitor-1'),
        ...dead(service),
        [instances(service, 'up', { pod: 'monitor-1' })]: '1x40',
      },
      at: { '2m': [] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'the monitor goes blind after it said so: the verdict stands',
      series: { ...dead(service), [ofMonitor('interop_monitor_blind', { reason: 'lag' })]: '0x10 1x60' },
      at: { '2m': [isDown], '10m': [isDown] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'an operator works on it: silent from the mark on, loud again when the mark is over',
      series: { ...seeing(), ...dead(service), [maintenance]: '_x15 600x60' },
      at: { '3m45s': [isDown], '6m15s': [], '9m45s': [], '10m': [isDown] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'it dies under a mark that holds long enough',
      series: { ...seeing(), ...dying, [maintenance]: '900x40' },
      at: { '2m15s': [], '7m': [] },
    },
    {
      alert: 'InteropInstanceMute',
      when: 'an operator works on it: a mark silences its death, and nothing else',
      series: { ...seeing(), [instances(service, 'mute')]: '1x40', [maintenance]: '900x40' },
      at: { '3m': [{ ...without, summary: '1 instance(s) of service-a are ready but cannot be heard' }] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'it is the service of another release',
      series: {
        ...seeing(),
        [instances(service, 'down', { release: 'green' })]: '1x40',
        [instances(service, 'up', { release: 'green' })]: '0x40',
      },
      at: { '5m': [] },
    },
    {
      alert: 'InteropServiceDown',
      when: 'nobody owns it',
      series: { ...seeing(), ...dead('stranger') },
      at: { '2m': [{ service: 'stranger', cause_service: 'stranger', summary: 'Service stranger is down' }] },
    },
    {
      alert: 'InteropServiceMissing',
      when: 'everybody left although one is expected, and comes back',
      series: {
        ...seeing(),
        [instances(service, 'up')]: '1x8 0x20 1x40',
        [instances(service, 'left')]: '0x8 1x20 1x40',
        [expected(service)]: '1x80',
      },
      at: { '4m': [], '5m': [missing], '8m': [] },
    },
    {
      alert: 'InteropServiceMissing',
      when: 'it was scaled to zero',
      series: {
        ...seeing(),
        [instances(service, 'up')]: '1x8 0x60',
        [instances(service, 'left')]: '0x8 1x60',
        [expected(service)]: '1x8 0x60',
      },
      at: { '10m': [] },
    },
    {
      alert: 'InteropServiceMissing',
      when: 'it is down, which has a page of its own',
      series: { ...seeing(), ...dead(service), [expected(service)]: '1x60' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropServiceDegraded',
      when: 'one of two is away for long, and comes back',
      series: { ...seeing(), [instances(service, 'up')]: '1x40 2x40', [expected(service)]: '2x80' },
      at: { '4m': [], '6m': [degraded(service, 'none')], '11m': [] },
    },
    {
      alert: 'InteropServiceDegraded',
      when: 'a rollout replaces one of two',
      series: { ...seeing(), [instances(service, 'up')]: '2x8 1x8 2x60', [expected(service)]: '2x80' },
      at: { '3m': [], '10m': [] },
    },
    {
      alert: 'InteropServiceDegraded',
      when: 'a service it depends on is down, directly or further up: it says so, and is muted for it',
      series: {
        ...seeing(),
        ...downstream('service-a', 'service-b'),
        ...downstream('service-a', 'service-c'),
        ...dead(service),
        [instances('service-b', 'up')]: '1x80',
        [expected('service-b')]: '2x80',
        [instances('service-c', 'up')]: '1x80',
        [expected('service-c')]: '2x80',
      },
      at: { '8m': [degraded('service-b', 'service-a'), degraded('service-c', 'service-a')] },
    },
    {
      alert: 'InteropServiceDegraded',
      when: 'it is a replica of the monitor that is away, which has an alert of its own',
      series: {
        ...seeing(),
        [instances('heartbeat-monitor', 'up')]: '1x80',
        [expected('heartbeat-monitor')]: '2x80',
      },
      at: { '10m': [] },
    },
    {
      alert: 'InteropInstanceMute',
      when: 'a pod is ready and silent, and is heard again',
      series: { ...seeing(), [instances(service, 'mute')]: '0x8 2x20 0x40' },
      at: {
        '3m': [],
        '4m': [{ ...without, summary: '2 instance(s) of service-a are ready but cannot be heard' }],
        '8m': [],
      },
    },
    {
      alert: 'InteropInstanceMute',
      when: 'only a blind replica says so while another sees',
      series: {
        ...seeing(),
        [instances(service, 'mute')]: '0x40',
        [ofMonitor('interop_monitor_blind', { pod: 'monitor-1', reason: 'lag' })]: '1x40',
        [instances(service, 'mute', { pod: 'monitor-1' })]: '1x40',
      },
      at: { '5m': [] },
    },
    {
      alert: 'InteropServiceFlapping',
      when: 'an instance goes down and comes back every two minutes, and then no more',
      series: {
        [transitions('down', 'silence')]: '0x4 1x8 2x8 3x8 4x300',
        [transitions('up', 'heartbeat')]: '0x8 1x8 2x8 3x8 4x300',
      },
      at: {
        '3m': [],
        '9m': [{ ...without, summary: 'Instances of service-a go down and come back again and again' }],
        '55m': [],
      },
    },
    {
      alert: 'InteropServiceFlapping',
      when: 'many die together and are replaced one after the other',
      series: {
        [transitions('down', 'silence')]: '0x4 8x300',
        [transitions('up', 'heartbeat')]: '0x8 1x8 3x8 5x8 8x300',
      },
      at: { '5m': [], '12m': [], '25m': [] },
    },
    {
      alert: 'InteropServiceFlapping',
      when: 'instances are late and better again, or die one after the other',
      series: {
        [transitions('down', 'silence')]: '0x4 1x8 2x8 3x8 4x300',
        [transitions('up', 'heartbeat')]: '0x100',
        [transitions('late', 'silence')]: '0+1x100',
      },
      at: { '10m': [], '20m': [] },
    },
    {
      alert: 'InteropRestartStorm',
      when: 'a container is in a crash loop, and then starts',
      series: { [restarts()]: '0x4 1x4 2x4 3x4 4x200' },
      at: {
        '2m': [],
        '5m': [{ ...without, summary: 'Instances of service-a restart over and over' }],
        '40m': [],
      },
    },
    {
      alert: 'InteropRestartStorm',
      when: 'two replicas of the monitor count the same two restarts, and one of them began anew',
      series: { [restarts()]: '0x4 1x8 2x60', [restarts('monitor-1')]: '7x4 8x4 0x4 1x60' },
      at: { '5m': [], '15m': [] },
    },
    {
      alert: 'InteropClockSkew',
      when: 'a clock is stepped and put right',
      series: { [skew]: '0.02x8 -300x40 0.02x40' },
      at: { '6m': [], '8m': [{ service, summary: 'A clock of service-a is 5m 0s off' }], '13m': [] },
    },
    {
      alert: 'InteropClockSkew',
      when: 'a clock is ten seconds off',
      series: { [skew]: '10x60' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropVersionSkew',
      when: 'a rollout was left half done, and ends',
      step: '1m',
      series: { [version('1', 'x')]: '1x120 _x20', [version('2', 'y')]: '_x10 1x150' },
      at: { '30m': [], '80m': [{ service, summary: 'service-a runs in 2 versions' }], '130m': [] },
    },
    {
      alert: 'InteropVersionSkew',
      when: 'two instances of one version are seen by two replicas',
      step: '1m',
      series: {
        [version('1', 'x')]: '1x120',
        [version('1', 'y')]: '1x120',
        [ofMonitor('interop_instance_info', { service, instance_id: 'x', version: '1', pod: 'monitor-1' })]:
          '1x120',
      },
      at: { '100m': [] },
    },
  ],
};
