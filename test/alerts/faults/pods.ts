import { FakeKubernetes } from '../../rig/fake-kubernetes';
import type { Fault, Lane } from '../fault';
import type { Beater } from '../stage/beater';
import type { Stage } from '../stage/stage';

/** A service of the lane, whose instances are pods to Kubernetes. */
type Service = 'quiet' | 'gone';

/** As long as the UID of a pod. */
const uidOf = (service: Service, place: number) =>
  `0b7c1c9e-2f35-4f1f-9f51-${`${service}${place}`.padStart(12, '0')}`;

/** What the monitor takes for Kubernetes, and the processes in its pods. */
class Pods {
  private readonly beaters = new Map<string, Beater>();
  private kubernetes: FakeKubernetes | undefined;

  /** @returns the settings by which a monitor finds it. */
  async open(): Promise<Readonly<Record<string, string>>> {
    this.kubernetes = await FakeKubernetes.start();
    return { POD_WITNESS: 'kubernetes', KUBECONFIG: this.kubernetes.kubeconfig };
  }

  async close(): Promise<void> {
    await this.kubernetes?.close();
  }

  /** A pod that is ready, with a process in it that beats. */
  async run(stage: Stage, service: Service, place: number): Promise<void> {
    const instanceId = uidOf(service, place);
    this.beaters.set(instanceId, await stage.installation.beat({ service, instanceId }));
    this.kubernetes?.put({ uid: instanceId, service });
  }

  beater(service: Service, place: number): Beater {
    return this.beaters.get(uidOf(service, place))!;
  }

  /** The process says goodbye, and its pod goes; the one in its place does not get ready. */
  async replaceInVain(service: Service, place: number): Promise<void> {
    this.kubernetes?.put({ uid: uidOf(service, place + 1), service, ready: false });
    await this.beater(service, place).kill('SIGTERM');
    this.kubernetes?.delete(uidOf(service, place));
  }
}

const pods = new Pods();

const mute: Fault = {
  name: 'one of two instances falls silent, and Kubernetes calls its pod ready',
  own: { service: 'quiet' },
  alerts: [{ name: 'InteropInstanceMute', labels: { service: 'quiet' } }],
  pages: 0,
  prepare: async (stage) => {
    for (const place of [0, 1]) await pods.run(stage, 'quiet', place);
  },
  cause: async () => pods.beater('quiet', 0).process.suspend(),
  heal: async () => pods.beater('quiet', 0).process.resume(),
};

const missing: Fault = {
  name: 'the only instance leaves (SIGTERM), and the pod in its place never gets ready',
  own: { service: 'gone' },
  alerts: [{ name: 'InteropServiceMissing', labels: { service: 'gone' } }],
  pages: 1,
  prepare: async (stage) => pods.run(stage, 'gone', 0),
  cause: async () => pods.replaceInVain('gone', 0),
  heal: async (stage) => pods.run(stage, 'gone', 1),
};

/** What only Kubernetes knows, told by a stand-in for it. */
export const kubernetes: Lane = {
  name: 'kubernetes',
  replicas: { 'service-a': 0, 'service-b': 0, 'heartbeat-monitor': 1 },
  surroundings: pods,
  rows: [[mute, missing]],
};
