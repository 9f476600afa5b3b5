import { killPod, type KubeObject, kubectl, list } from './cluster';
import { NAMESPACE, type Release } from './release';

/** Without its Secret a container cannot be made again, and the pod stays as it is. @returns the Secret. */
export async function takeTokenAway(release: Release): Promise<object> {
  const name = release.object('token');
  const { metadata, ...rest } = JSON.parse(
    await kubectl('get', 'secret', name, '-n', NAMESPACE, '-o', 'json'),
  ) as {
    readonly metadata: { readonly name: string; readonly labels: object; readonly annotations: object };
  };
  await kubectl('delete', 'secret', name, '-n', NAMESPACE);
  const { labels, annotations } = metadata;
  return { ...rest, metadata: { name, namespace: NAMESPACE, labels, annotations } };
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
