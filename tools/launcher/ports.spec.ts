import { topology } from '@latido/topology';

const { planPorts } = require('./ports.cjs') as {
  planPorts: (env: Record<string, string>) => { ports: Record<string, number>; problems: string[] };
};

describe('planPorts', () => {
  test('uses by default the ports of the topology, every one of them', () => {
    const kinds = { http: 'PORT', metrics: 'METRICS_PORT', rpc: 'RPC_PORT' } as const;
    const ofTopology = topology.services.flatMap(({ name, ports }) =>
      Object.entries(ports).map(([kind, port]) => [
        `${name.toUpperCase().replaceAll('-', '_')}_${kinds[kind as keyof typeof kinds]}`,
        port,
      ]),
    );
    expect(planPorts({})).toEqual({
      ports: {
        ...Object.fromEntries(ofTopology),
        LOCAL_AWS_PORT: topology.localAwsPorts.messaging,
        LOCAL_AWS_DYNAMODB_PORT: topology.localAwsPorts.dynamodb,
      },
      problems: [],
    });
  });

  test('takes a port from its variable', () => {
    expect(planPorts({ SERVICE_B_PORT: '13002' }).ports['SERVICE_B_PORT']).toBe(13_002);
  });

  test.each(['0', '65536', 'http', '1.5'])('refuses %s as a port', (port) => {
    expect(planPorts({ SERVICE_A_PORT: port }).problems).toEqual([
      expect.stringContaining(`SERVICE_A_PORT must be a port from 1 to 65535, not "${port}"`),
    ]);
  });

  test('names two variables with one port', () => {
    expect(planPorts({ SERVICE_B_PORT: '3001' }).problems).toEqual([
      expect.stringMatching(/SERVICE_B_PORT and SERVICE_A_PORT are both 3001/),
    ]);
  });
});
