import { resourceNames } from './resource-names';
import { redeliveryBoundSeconds } from './redelivery-bound';
import { heartbeatQueueName, MONITOR_REPLICAS, topology } from './topology';

const DAY_SECONDS = 86_400;
/** The default of the services: claims are remembered so long. */
const DEDUP_HORIZON_DAYS = 45;
/** Limits of AWS. */
const QUEUE_NAME = /^[A-Za-z0-9_-]{1,75}(\.fifo)?$/;
const TOPIC_NAME = /^[A-Za-z0-9_-]{1,251}(\.fifo)?$/;
const TABLE_NAME = /^[A-Za-z0-9_.-]{3,255}$/;
const LONGEST_RETENTION_SECONDS = 14 * DAY_SECONDS;

const longest = resourceNames({ prefix: 'p'.repeat(30), region: 'us-east-1', accountId: '000000000000' });
const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);

describe('the topology', () => {
  test.each(topology.services.map((service) => [service.name, service] as const))(
    '%s names only topics, queues and tables that exist',
    (_name, service) => {
      expect(names(topology.topics)).toEqual(expect.arrayContaining([...service.publishes]));
      expect(names(topology.queues)).toEqual(expect.arrayContaining([...service.consumes]));
      expect(names(topology.queues)).toEqual(expect.arrayContaining([...service.redrives]));
      const used = [...service.reads, ...service.writes].map(({ table }) => table);
      expect(names(topology.tables)).toEqual(expect.arrayContaining(used));
    },
  );

  test('queries only indexes that exist', () => {
    for (const { table, indexes } of topology.services.flatMap(({ reads }) => reads))
      expect(names(topology.tables.find(({ name }) => name === table)?.indexes ?? [])).toEqual(
        expect.arrayContaining([...indexes]),
      );
  });

  test('calls only ports that the other service has', () => {
    for (const { service, port } of topology.services.flatMap(({ calls }) => calls))
      expect(topology.services.find(({ name }) => name === service)?.ports[port]).toBeDefined();
  });

  test('subscribes only queues and topics that exist, each queue once', () => {
    const subscribed = topology.subscriptions.map(({ queue }) => queue);
    expect(subscribed.toSorted()).toEqual(names(topology.queues).toSorted());
    for (const { topic } of topology.subscriptions) expect(names(topology.topics)).toContain(topic);
  });

  test('lets exactly one service consume each queue', () => {
    const consumed = topology.services.flatMap(({ consumes }) => consumes);
    expect(consumed.toSorted()).toEqual(names(topology.queues).toSorted());
  });

  test('gives a queue a twin with kept order exactly where its topic has one', () => {
    for (const { topic, queue } of topology.subscriptions)
      expect(topology.queues.find(({ name }) => name === queue)?.fifoTwin).toBe(
        topology.topics.find(({ name }) => name === topic)?.fifoTwin,
      );
  });

  test('uses no port twice', () => {
    const ports = [...topology.services.map((service) => service.ports), topology.localAwsPorts].flatMap(
      (one) => Object.values(one),
    );
    expect(new Set(ports).size).toBe(ports.length);
  });

  test('has one heartbeat queue for each monitor replica', () => {
    expect(topology.queues.filter(({ name }) => name.startsWith('heartbeat-monitor'))).toHaveLength(
      MONITOR_REPLICAS,
    );
    expect(names(topology.queues)).toContain(heartbeatQueueName(MONITOR_REPLICAS - 1));
  });

  test('keeps every name within the limits of AWS, also with the longest prefix', () => {
    for (const { name } of topology.queues)
      expect(longest.deadLetterQueue(name, { fifo: true })).toMatch(QUEUE_NAME);
    for (const { name } of topology.topics) expect(longest.topic(name, { fifo: true })).toMatch(TOPIC_NAME);
    for (const { name } of topology.tables) expect(longest.table(name)).toMatch(TABLE_NAME);
  });

  test.each(topology.queues.map((queue) => [queue.name, queue] as const))(
    '%s keeps dead letters at least as long as messages, and both within what SQS allows',
    (_name, { retentionSeconds, deadLetter }) => {
      expect(retentionSeconds).toBeGreaterThanOrEqual(60);
      expect(deadLetter.retentionSeconds).toBeGreaterThanOrEqual(retentionSeconds);
      expect(deadLetter.retentionSeconds).toBeLessThanOrEqual(LONGEST_RETENTION_SECONDS);
      expect(deadLetter.maxReceiveCount).toBeGreaterThanOrEqual(1);
    },
  );

  test('lets heartbeats leave within 60 to 300 s', () => {
    for (const { name, retentionSeconds } of topology.queues)
      expect(!name.includes('heartbeats') || (retentionSeconds >= 60 && retentionSeconds <= 300)).toBe(true);
  });

  test('can redeliver nothing after the default dedup horizon', () => {
    for (const queue of topology.queues)
      expect(redeliveryBoundSeconds(queue)).toBeLessThan(DEDUP_HORIZON_DAYS * DAY_SECONDS);
  });
});
