import { networkFlows } from './network';
import { topology } from './topology';

const flows = networkFlows(topology);
const into = (to: string): readonly string[] =>
  flows.filter((flow) => flow.to === to).map(({ from, port }) => `${from}:${port.name}`);

describe('networkFlows', () => {
  test('lets only service-a, of all services, call service-b, and only by its query', () => {
    const services = new Set<string>(topology.services.map(({ name }) => name));
    expect(flows.filter(({ from, to }) => services.has(from) && services.has(to))).toEqual([
      { from: 'service-a', to: 'service-b', port: { name: 'rpc', number: 3012 }, when: 'always' },
    ]);
  });

  test('lets Prometheus and the helm test read the metrics of every service, and nobody else', () => {
    for (const { name } of topology.services)
      expect(into(name).filter((caller) => caller.endsWith(':metrics'))).toEqual([
        'helm-test:metrics',
        'prometheus:metrics',
      ]);
  });

  test('lets Alertmanager reach heartbeat-monitor alone', () => {
    expect(flows.filter(({ from }) => from === 'alertmanager').map(({ to }) => to)).toEqual([
      'heartbeat-monitor',
    ]);
  });

  test('lets the witness alone ask the API server, on both ports', () => {
    expect(into('kubernetes-api')).toEqual(['heartbeat-monitor:https', 'heartbeat-monitor:https']);
  });

  test('opens the embedded AWS only where it is used, and its queues alone to KEDA', () => {
    const local = flows.filter(({ to }) => to === 'local-aws');
    expect(new Set(local.map(({ when }) => when))).toEqual(new Set(['local-aws']));
    expect(local.filter(({ from }) => from === 'keda').map(({ port }) => port.number)).toEqual([4566]);
  });

  test('lets every service fetch the keys by which tokens are verified, where an identity provider gives them', () => {
    expect(into('identity-provider')).toEqual(topology.services.map(({ name }) => `${name}:https`));
    expect(new Set(flows.filter(({ when }) => when === 'oidc').map(({ to }) => to))).toEqual(
      new Set(['identity-provider']),
    );
  });

  test('names a connection once', () => {
    const keys = flows.map(({ from, to, port }) => `${from} ${to} ${port.number}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
