import { apply, killPod, type KubeObject, kubectl, list } from './cluster';
import { NAMESPACE, type Release } from './release';

/**
 * A ConfigMap without which a container cannot be made: while it is away, one that ended stays so, and its pod stays as it is.
 * Nothing else needs it: without the token, for one, the operator would leave out all of the release's Alertmanager configuration.
 */
export class Permit {
  private readonly name: string;

  /** @param component - as the chart's values call it. */
  constructor(private readonly component: 'serviceA' | 'serviceB') {
    this.name = `may-start-${component.toLowerCase()}`;
  }

  /** What makes the component need it; give it before they are installed. */
  get values(): readonly string[] {
    return [`${this.component}.extraEnvFrom[0].configMapRef.name=${this.name}`];
  }

  /** Containers that ended may start again. */
  async give(): Promise<void> {
    const metadata = { name: this.name, namespace: NAMESPACE };
    await apply([{ apiVersion: 'v1', kind: 'ConfigMap', metadata }]);
  }

  /** What runs goes on. */
  async take(): Promise<void> {
    await kubectl('delete', 'configmap', this.name, '-n', NAMESPACE);
  }
}

/**
 * Lets nobody in to local-aws any more. Connections of before are left alone by enforcers, so its process is killed too; its
 * volume keeps the data. @returns how to undo it.
 */
export async function cutOffLocalAws(release: Release): Promise<() => Promise<void>> {
  const policies = await list<Policy>('networkpolicies', NAMESPACE, release.selector('local-aws'));
  const policy = policies.find(({ spec }) => spec.ingress !== undefined);
  if (policy === undefined) throw new Error('local-aws has no NetworkPolicy of its own');
  const { name } = policy.metadata;
  const put = (ingress: unknown) =>
    kubectl(
      'patch',
      'networkpolicy',
      name,
      '-n',
      NAMESPACE,
      '--type=merge',
      '-p',
      JSON.stringify({ spec: { ingress } }),
    );
  await put([]);
  const [pod] = await release.pods('local-aws');
  await killPod(NAMESPACE, pod!.metadata.name);
  return async () => void (await put(policy.spec.ingress));
}

interface Policy extends KubeObject {
  readonly spec: { readonly ingress?: unknown };
}
