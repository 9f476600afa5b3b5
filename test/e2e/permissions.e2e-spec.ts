import { eventually, freePort } from '@latido/testing';
import {
  type GrantedResource,
  grantsOf,
  heartbeatQueueName,
  type QueueName,
  type ServiceName,
  topology,
} from '@latido/topology';
import { CallRecorder } from '../rig/call-recorder';
import { FaultProxy } from '../rig/fault-proxy';
import { foreignEvent } from '../rig/foreign-event';
import { acceptAll, commands, untilSettled } from '../rig/ledger';
import { untilSeeing } from '../rig/liveness';
import { QueueDesk } from '../rig/queue-desk';
import { untilReady } from '../rig/readiness';
import { type App, Scene } from '../rig/scene';
import { ScratchSender } from '../rig/scratch-sender';

/** Bounds of what hangs; far longer than anything takes. */
const WITHIN = { withinMs: 60_000 };

/** Everything that services do at AWS, and everything that an operator can make them do there. */
describe('what services call at AWS', () => {
  let scene: Scene;
  let recorder: CallRecorder;
  let dynamodb: FaultProxy;

  beforeAll(async () => {
    scene = await Scene.open({ settings: { RETENTION_KEEP_VERSIONS: '2' } });
    recorder = new CallRecorder();
    dynamodb = await FaultProxy.start(scene.endpoints['AWS_ENDPOINT_URL_DYNAMODB'] ?? '', () => 0.5);
    const messaging = await recorder.record(scene.endpoints['AWS_ENDPOINT_URL_SQS'] ?? '');
    scene.detour({
      AWS_ENDPOINT_URL_SNS: messaging,
      AWS_ENDPOINT_URL_SQS: messaging,
      AWS_ENDPOINT_URL_DYNAMODB: await recorder.record(dynamodb.url),
    });
    await scene.tell(async () => {
      await start(scene, 'service-a');
      await start(scene, 'service-b');
      await start(scene, 'heartbeat-monitor', await settingsOfOtherReplica());
      await start(scene, 'heartbeat-monitor');
      await commandsAndHistory(scene);
      await deadLettersAndRedrive(scene);
      await untilSeeing(scene);
      await storeAway(scene, dynamodb, recorder);
      await relayAndTakeOver(scene);
      await monitorRestart(scene);
    });
  }, 400_000);
  afterAll(async () => {
    await scene.close();
    await recorder.close();
    await dynamodb.close();
  });

  /** `action resource`, sorted, of one service. */
  function called(service: ServiceName): readonly string[] {
    const names = resourceTexts(scene);
    return recorder.calls
      .filter(({ caller }) => caller === service)
      .map(({ action, resource }) => `${action} ${names.get(resource) ?? `UNKNOWN ${resource}`}`)
      .toSorted();
  }

  it.each(topology.services.map(({ name }) => name))('%s calls nothing that it is not granted', (service) => {
    expect(called(service).filter((call) => !granted(service).includes(call))).toEqual([]);
  });

  it.each(topology.services.map(({ name }) => name))(
    '%s is granted nothing that it never calls',
    (service) => {
      expect(granted(service).filter((right) => !called(service).includes(right))).toEqual([]);
    },
  );

  it('are signed by the services alone', () => {
    expect(new Set(recorder.calls.map(({ caller }) => caller))).toEqual(
      new Set(topology.services.map(({ name }) => name)),
    );
  });
});

function granted(service: ServiceName): readonly string[] {
  return grantsOf(topology, service)
    .flatMap(({ resource, actions }) => actions.map((action) => `${action} ${textOf(resource)}`))
    .toSorted();
}

function textOf(resource: GrantedResource): string {
  return Object.values(resource).join(' ');
}

/** What the topology calls a resource, by its name at AWS. */
function resourceTexts({ names }: Scene): ReadonlyMap<string, string> {
  const { topics, queues, tables } = topology;
  return new Map<string, string>([
    ...topics.map(({ name }) => [names.topic(name), textOf({ kind: 'topic', name })] as const),
    ...queues.map(({ name }) => [names.queue(name), textOf({ kind: 'queue', name })] as const),
    ...queues.map(
      ({ name }) => [names.deadLetterQueue(name), textOf({ kind: 'dead-letter-queue', name })] as const,
    ),
    ...tables.map(({ name }) => [names.table(name), textOf({ kind: 'table', name })] as const),
    ...tables.flatMap(({ name, indexes }) =>
      indexes.map(
        ({ name: index }) =>
          [`${names.table(name)}/index/${index}`, textOf({ kind: 'index', name, index })] as const,
      ),
    ),
  ]);
}

async function commandsAndHistory(scene: Scene): Promise<void> {
  const all = commands(6, { subjects: 1 });
  const [first] = await acceptAll(scene, all);
  await acceptAll(scene, all);
  await untilSettled(scene, WITHIN);
  await scene.a.read(`/events/${first!.id}`);
  await scene.b.readAll('/services');
  await scene.b.readAll('/services/cart-0/versions');
  const key = { 'if-match': '"6"', 'idempotency-key': 'rollback-1' };
  const rolledBack = await scene.b.post('/services/cart-0/rollback', { toVersion: 5 }, key);
  expect(rolledBack).toMatchObject({ status: 200 });
  expect(await scene.b.post('/services/cart-0/rollback', { toVersion: 5 }, key)).toMatchObject({
    status: 200,
  });
}

async function deadLettersAndRedrive(scene: Scene): Promise<void> {
  const desk = new QueueDesk(scene.aws);
  for (const queue of ['service-b-events', 'service-a-receipts'])
    await desk.put(scene.names.queue(queue), [foreignEvent({ type: 'shop.order.placed.v1' })]);
  await eventually(async () => {
    const { items } = await scene.a.read<{ readonly items: readonly unknown[] }>('/dead-letters');
    expect(items).toHaveLength(2);
  }, WITHIN);
  expect(await scene.a.post('/dead-letters/redrive')).toMatchObject({ status: 200 });
}

/** Replica 1 of the monitor, beside replica 0: each reads a queue of its own, and both write one history. */
async function settingsOfOtherReplica(): Promise<Readonly<Record<string, string>>> {
  const [PORT, METRICS_PORT] = [String(await freePort()), String(await freePort())];
  return { HEARTBEAT_QUEUE_ORDINAL: '1', PORT, METRICS_PORT };
}

/** One after the other: five processes that start at once take long on a small machine. */
async function start(scene: Scene, app: App, settings: Readonly<Record<string, string>> = {}): Promise<void> {
  const service = await scene.spawn(app, settings);
  await service.waitForReady(WITHIN);
}

/** Whoever has messages then gives them back; for the monitors it is a newcomer whom they cannot put on record. */
async function storeAway(scene: Scene, dynamodb: FaultProxy, recorder: CallRecorder): Promise<void> {
  const desk = new QueueDesk(scene.aws);
  const givenBack = async (...queues: readonly QueueName[]) =>
    eventually(() => {
      const calls = recorder.calls.filter(({ action }) => action === 'sqs:ChangeMessageVisibility');
      const names = queues.map((queue) => scene.names.queue(queue));
      expect(calls.map(({ resource }) => resource)).toEqual(expect.arrayContaining(names));
    }, WITHIN);
  const data = { requestId: 'of-nobody', fingerprint: '0'.repeat(64), outcome: 'applied', version: 1 };
  dynamodb.faults = { throttled: 1 };
  await desk.put(scene.names.queue('service-b-events'), [foreignEvent()]);
  await desk.put(scene.names.queue('service-a-receipts'), [
    foreignEvent({ type: 'latido.receipt.v1', data }),
  ]);
  const newcomer = new ScratchSender(scene, { service: 'fleet', instanceId: 'newcomer', intervalMs: 1_000 });
  try {
    newcomer.start();
    await givenBack('service-b-events', 'service-a-receipts', heartbeatQueueName(0), heartbeatQueueName(1));
  } finally {
    newcomer.stop();
  }
  await scene.kill('service-b', 'SIGKILL');
  dynamodb.faults = {};
  await untilReady(scene, 'service-a');
}

async function relayAndTakeOver(scene: Scene): Promise<void> {
  await acceptAll(scene, commands(1, { subjects: 1, name: 'relayed' }));
  await scene.processOf('service-a').waitForLog(({ event }) => event === 'relay_round');
  await start(scene, 'service-b');
  await untilSettled(scene, WITHIN);
}

/** Its end saves a snapshot, its next start reads it. */
async function monitorRestart(scene: Scene): Promise<void> {
  await scene.monitor.readAll('/api/history/service-b');
  await scene.kill('heartbeat-monitor', 'SIGTERM');
  await start(scene, 'heartbeat-monitor');
}
