import { serviceOf, topology } from '@latido/topology';
import { serviceA } from '../../apps/service-a/src/configuration';
import { serviceB } from '../../apps/service-b/src/configuration';
import { services } from '../reference/services';
import { chartValues } from './chart-topology';

describe('what services assume by default', () => {
  test('declares every service of the topology, and no other', () => {
    expect(services.map(({ service }) => service)).toEqual(topology.services.map(({ name }) => name));
  });

  test('lets a stop take as long as any service may need', () => {
    for (const { drain } of Object.values(chartValues().services))
      for (const { host } of services)
        expect(host.stopTimeoutMs.default).toBeGreaterThanOrEqual(drain.stopTimeoutMs);
  });

  test('answers the synchronous query where service-a asks for it', () => {
    const { rpc } = serviceOf(topology, 'service-b').ports;
    expect(serviceB.own.rpcPort.default).toBe(rpc);
    expect(serviceA.own.serviceBRpcUrl.default).toBe(`127.0.0.1:${rpc}`);
  });

  test('hides a message for longer than work on it may take at a stop', () => {
    const { longestHandlerSeconds } = serviceOf(topology, 'service-b').drain;
    expect(serviceB.own.visibilitySeconds.default).toBeGreaterThan(longestHandlerSeconds);
  });
});

describe('the values of the chart', () => {
  test('name a queue to scale by only for services that consume it', () => {
    for (const { consumes, scaling } of Object.values(chartValues().services))
      for (const { queue } of scaling) expect(consumes).toContain(queue);
  });

  test('know every queue, topic and table by name', () => {
    const { queues, topics, tables } = chartValues();
    expect(Object.keys(queues)).toEqual(topology.queues.map(({ name }) => name));
    expect(Object.keys(topics)).toEqual(topology.topics.map(({ name }) => name));
    expect(tables).toEqual(topology.tables.map(({ name }) => name));
  });
});
