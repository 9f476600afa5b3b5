import { edges } from './edges';
import { topology } from './topology';

const nameOf = ({ producer, topic, consumer }: { producer: string; topic: string; consumer: string }) =>
  `${producer} -> ${topic} -> ${consumer}`;
const promises = [
  ...topology.services.flatMap(({ api }) => [api.availability, api.latency]),
  ...topology.edgeObjectives,
  ...topology.workflowObjectives,
];

describe('objectives', () => {
  test('every edge of business messages has one, and only edges that exist', () => {
    const business = edges(topology).filter(({ topic }) => topic !== 'heartbeats');
    expect(topology.edgeObjectives.map(nameOf).toSorted()).toEqual(business.map(nameOf).toSorted());
  });

  test('a workflow is promised by a service that publishes its first event', () => {
    for (const { workflow, service } of topology.workflowObjectives)
      expect(topology.services.find(({ name }) => name === service)?.publishes).toContain(workflow);
  });

  test('no promise is perfection, and none can be broken by three events a day', () => {
    for (const { share, minimumEvents } of promises) {
      expect(share).toBeGreaterThan(0.5);
      expect(share).toBeLessThan(1);
      expect(minimumEvents).toBeGreaterThan(3 * 3);
    }
  });
});
