import { envOf, podOf } from './pods';
import { type KubeObject, merged, render, type Values } from './render';
import { ON_AWS, ON_KIND, ROLE_ARNS } from './values-space';

const KEDA: Values = { serviceB: { autoscaling: { keda: { enabled: true } } } };
const AGENT = '169.254.170.23/32';

async function withIdentity(values: Values): Promise<{
  readonly objects: readonly KubeObject[];
  readonly annotations: readonly unknown[];
  readonly egress: string;
  readonly keda: unknown;
}> {
  const { objects } = await render(merged(values, KEDA));
  const ofKind = (kind: string): readonly KubeObject[] => objects.filter((object) => object.kind === kind);
  return {
    objects,
    annotations: ofKind('ServiceAccount').map(({ metadata }) => metadata.annotations ?? {}),
    egress: JSON.stringify(ofKind('NetworkPolicy')),
    keda: ofKind('TriggerAuthentication')[0]?.spec,
  };
}

describe('the AWS identity of the pods', () => {
  it('comes from the agent with Pod Identity: no annotation, the agent reachable, KEDA by its own role', async () => {
    const { annotations, egress, keda } = await withIdentity(
      merged(ON_AWS, { identity: { mode: 'podIdentity' } }),
    );
    expect(annotations).toEqual([{}, {}, {}]);
    expect(egress).toContain(AGENT);
    expect(keda).toEqual({ podIdentity: { provider: 'aws', identityOwner: 'keda' } });
  });

  it('comes from the role of each ServiceAccount with IRSA: STS reachable, no agent, KEDA by its own role', async () => {
    const { annotations, egress, keda } = await withIdentity(
      merged(ON_AWS, { identity: { mode: 'irsa', roleArns: ROLE_ARNS } }),
    );
    expect(annotations).toEqual(
      ['heartbeat-monitor', 'service-a', 'service-b'].map((name) => ({
        'eks.amazonaws.com/role-arn': ROLE_ARNS[name as keyof typeof ROLE_ARNS],
      })),
    );
    expect(egress).not.toContain(AGENT);
    expect(egress).toMatch(/"cidr":"0\.0\.0\.0\/0".{0,200}"port":443/);
    expect(keda).toEqual({ podIdentity: { provider: 'aws', identityOwner: 'keda' } });
  });

  it('comes from a Secret with static keys, for the pods and for KEDA', async () => {
    const { objects, keda } = await withIdentity(
      merged(ON_AWS, { identity: { mode: 'static', static: { existingSecret: 'keys' } } }),
    );
    expect(envOf(podOf(objects, 'service-b'))['AWS_ACCESS_KEY_ID']?.valueFrom?.secretKeyRef).toEqual({
      name: 'keys',
      key: 'access-key-id',
    });
    expect(JSON.stringify(keda)).toContain('"name":"keys","key":"secret-access-key"');
  });

  it('is none with mode none, and keys that nobody looks at on the embedded AWS', async () => {
    const { objects } = await render(merged(ON_AWS, { identity: { mode: 'none' } }));
    expect(envOf(podOf(objects, 'service-a'))['AWS_ACCESS_KEY_ID']).toBeUndefined();
    const local = await withIdentity(ON_KIND);
    expect(envOf(podOf(local.objects, 'service-a'))['AWS_ACCESS_KEY_ID']?.value).toBe('local');
    expect(JSON.stringify(local.keda)).toContain('local-aws-keys');
  });
});
