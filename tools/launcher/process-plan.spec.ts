import { planProcesses, type PlanInput, type Ports } from './process-plan';

const ports: Ports = {
  SERVICE_A_PORT: 1,
  SERVICE_A_METRICS_PORT: 2,
  SERVICE_B_PORT: 3,
  SERVICE_B_METRICS_PORT: 4,
  SERVICE_B_RPC_PORT: 5,
  HEARTBEAT_MONITOR_PORT: 6,
  HEARTBEAT_MONITOR_METRICS_PORT: 7,
  LOCAL_AWS_PORT: 8,
  LOCAL_AWS_DYNAMODB_PORT: 9,
};
const input: PlanInput = { root: '/repo', version: '1.2.3', ports, token: 'secret', env: {} };

describe('planProcesses', () => {
  test('tells each service its own ports and where everybody else is', () => {
    const [serviceA, serviceB, monitor] = planProcesses(input).services;
    expect(serviceA.env).toMatchObject({
      PORT: '1',
      METRICS_PORT: '2',
      LOCAL_API_TOKEN: 'secret',
      SERVICE_B_RPC_URL: 'tcp://127.0.0.1:5',
      AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:8',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:8',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
    });
    expect(serviceB.env).toMatchObject({ PORT: '3', RPC_PORT: '5' });
    expect(monitor.env).toMatchObject({ PORT: '6', HEARTBEAT_QUEUE_ORDINAL: '0' });
  });

  test('never lets real credentials, profiles or endpoints through', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'real',
      AWS_SECRET_ACCESS_KEY: 'real',
      AWS_SESSION_TOKEN: 'real',
      AWS_PROFILE: 'production',
      AWS_ENDPOINT_URL: 'https://real',
    };
    const { localAws, services } = planProcesses({ ...input, env });
    for (const planned of [localAws, ...services])
      expect(Object.values(planned.env)).not.toEqual(
        expect.arrayContaining([expect.stringContaining('real')]),
      );
    expect(services[0].env['AWS_PROFILE']).toBeUndefined();
  });

  test('passes every other variable on', () => {
    const { services } = planProcesses({ ...input, env: { DEMO_TRAFFIC_PER_SECOND: '5' } });
    expect(services[0].env['DEMO_TRAFFIC_PER_SECOND']).toBe('5');
  });

  test('lets services overlap in a restart, but not the monitor, whose queue is for one', () => {
    expect(planProcesses(input).services.map(({ mayOverlap }) => mayOverlap)).toEqual([true, true, false]);
  });

  test('tells services their version, unless they are told another', () => {
    const versionIn = (env: PlanInput['env']) =>
      planProcesses({ ...input, env }).services[0].env['SERVICE_VERSION'];
    expect([versionIn({}), versionIn({ SERVICE_VERSION: '9' })]).toEqual(['1.2.3', '9']);
  });

  test('keeps data only where it is told to', () => {
    expect(planProcesses(input).localAws.args).toEqual([]);
    expect(planProcesses({ ...input, dataDir: 'here' }).localAws.args).toEqual(['--data', 'here']);
  });

  test('calls loopback when everything listens on all interfaces', () => {
    const [serviceA] = planProcesses({ ...input, env: { HOST: '0.0.0.0' } }).services;
    expect(serviceA.url).toBe('http://127.0.0.1:1');
  });
});
