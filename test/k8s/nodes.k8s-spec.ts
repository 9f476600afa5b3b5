import { eventually } from '@latido/testing';
import { facts, failNode, kubectl, type Pod, recoverNode } from './cluster';
import { checkPages } from './pages';
import { COMPONENTS, NAMESPACE, type Release } from './release';
import { settledScene } from './traffic';
import { whereThereIs } from './where-there-is';

const FULL_AGAIN_WITHIN_MS = 90_000;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute';

/**
 * Has the main process of a container take all the memory there is, through its inspector: what another process took would be
 * that one's end.
 */
const TAKE_ALL_MEMORY = `
  process.kill(1, 'SIGUSR1');
  const grow = 'globalThis.taken = []; setInterval(() => taken.push(Buffer.alloc(16 * 1024 * 1024, 1)), 10)';
  const main = async () => {
    const [{ webSocketDebuggerUrl }] = await (await fetch('http://127.0.0.1:9229/json')).json();
    const socket = new WebSocket(webSocketDebuggerUrl);
    socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: grow } }));
  };
  setTimeout(main, 1_000);
`;

/** The one that does not hold local-aws. */
const node = facts().workers.at(-1) ?? '';

whereThereIs('disrupt').describe('nodes', () => {
  const scene = settledScene();
  const { isExactWhile } = scene;

  it('spreads every app over the zones after install', async () => {
    for (const component of COMPONENTS)
      expect([component, (await nodesOf(scene.release, component)).length]).toEqual([component, 2]);
  });

  whereThereIs('fail', 'recover').it(
    'is exact, and full again in under 90 s, when a node is lost at once; a monitor on it waits for the node',
    isExactWhile(async () => {
      const lost = await onNode(scene.release, 'heartbeat-monitor');
      expect(lost).toHaveLength(1);
      await withoutNode(async () => {
        await untilFullAgain(scene.release, ['service-a', 'service-b']);
        expect(await onNode(scene.release, 'heartbeat-monitor')).toEqual(lost);
      });
      await scene.release.untilReady('heartbeat-monitor', 2);
    }),
  );

  whereThereIs('fail', 'recover').it(
    'brings a monitor back by the out-of-service taint while its node is lost',
    async () => {
      expect(await onNode(scene.release, 'heartbeat-monitor')).toHaveLength(1);
      await withoutNode(async () => {
        await eventually(async () => expect(await readyState()).not.toBe('True'), { withinMs: 120_000 });
        try {
          await kubectl('taint', 'node', node, OUT_OF_SERVICE);
          await scene.release.untilReady('heartbeat-monitor', 2);
        } finally {
          // The taint goes before the node comes, or it takes away what starts there.
          await kubectl('taint', 'node', node, `${OUT_OF_SERVICE}-`).catch(() => undefined);
        }
      });
    },
  );

  it(
    'is exact while a node is drained',
    isExactWhile(async () => {
      await spread(scene.release);
      try {
        await kubectl('drain', node, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=4m');
        for (const app of COMPONENTS) await scene.release.untilReady(app, 2, { withinMs: 120_000 });
      } finally {
        await kubectl('uncordon', node);
      }
    }),
  );

  it(
    'is exact while service-b is killed for taking too much memory',
    isExactWhile(async () => {
      const [victim] = await scene.release.readyPods('service-b');
      const name = victim!.metadata.name;
      const into = ['exec', name, '-n', NAMESPACE, '-c', 'service-b', '--'];
      // The end of the command is the end of its container.
      await kubectl(...into, 'node', '-e', TAKE_ALL_MEMORY).catch(() => undefined);
      await eventually(
        async () => expect(lastEndOf(await serviceBPod(scene.release, name))).toBe('OOMKilled'),
        {
          withinMs: 60_000,
        },
      );
      await scene.release.untilReady('service-b', 2);
    }),
  );

  checkPages({
    title: 'only for what was true: that half of all instances fell silent at once',
    alerts: ['InteropMassSilence'],
  });
});

async function withoutNode(story: () => Promise<void>): Promise<void> {
  await failNode(node);
  try {
    await story();
  } finally {
    await recoverNode(node);
  }
}

function lastEndOf(pod: Pod | undefined): string | undefined {
  return pod?.status.containerStatuses?.[0]?.lastState?.terminated?.reason;
}

async function untilFullAgain(release: Release, components: readonly string[]): Promise<void> {
  const lostAtMs = performance.now();
  for (const app of components)
    await release.untilReady(app, 2, { withinMs: FULL_AGAIN_WITHIN_MS - (performance.now() - lostAtMs) });
}

/** Kubernetes never moves pods back by itself. */
async function spread(release: Release): Promise<void> {
  await Promise.all(COMPONENTS.map((component) => release.restart(component)));
  for (const component of COMPONENTS)
    expect([component, (await nodesOf(release, component)).length]).toEqual([component, 2]);
}

async function nodesOf(release: Release, component: string): Promise<readonly string[]> {
  return [...new Set((await release.readyPods(component)).map(({ spec }) => spec.nodeName ?? ''))];
}

async function onNode(release: Release, component: string): Promise<readonly string[]> {
  const pods = await release.pods(component);
  return pods.filter(({ spec }) => spec.nodeName === node).map(({ metadata }) => metadata.uid);
}

async function serviceBPod(release: Release, name: string): Promise<Pod | undefined> {
  return (await release.pods('service-b')).find(({ metadata }) => metadata.name === name);
}

async function readyState(): Promise<string> {
  return kubectl('get', 'node', node, '-o', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}');
}
