import type { KubeObject } from './render';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly securityContext?: SecurityContext;
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  readonly ports?: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly hostPort?: number;
  }[];
  readonly env?: readonly EnvVar[];
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly tcpSocket?: { readonly port: string };
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly allowPrivilegeEscalation?: boolean;
  readonly privileged?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
  readonly seccompProfile?: { readonly type: string };
}

interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext?: SecurityContext;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly topologySpreadConstraints?: readonly {
    readonly topologyKey: string;
    readonly labelSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly matchLabelKeys?: readonly string[];
  }[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly [field: string]: unknown;
}

/** A pod as an object says it shall be. */
export interface PlannedPod {
  readonly owner: KubeObject;
  readonly component: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'Rollout']);

/** The pods of all workloads, and bare pods. */
export function podsOf(objects: readonly KubeObject[]): readonly PlannedPod[] {
  return objects.flatMap((owner) => {
    if (owner.kind === 'Pod') return [planned(owner, owner.metadata.labels ?? {}, owner.spec as PodSpec)];
    if (!WORKLOADS.has(owner.kind)) return [];
    const { template } = owner.spec as {
      readonly template: {
        readonly metadata: { readonly labels: Record<string, string> };
        readonly spec: PodSpec;
      };
    };
    return [planned(owner, template.metadata.labels, template.spec)];
  });
}

export function podOf(objects: readonly KubeObject[], component: string): PlannedPod {
  const pod = podsOf(objects).find((one) => one.component === component);
  if (!pod) throw new Error(`there is no pod of ${component}`);
  return pod;
}

export function envOf(pod: PlannedPod): Readonly<Record<string, EnvVar>> {
  return Object.fromEntries((pod.spec.containers[0]?.env ?? []).map((variable) => [variable.name, variable]));
}

function planned(owner: KubeObject, labels: Readonly<Record<string, string>>, spec: PodSpec): PlannedPod {
  return { owner, component: labels['app.kubernetes.io/component'] ?? '', labels, spec };
}

/** Volumes that the level `restricted` of Pod Security knows. */
const VOLUMES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** Why the level `restricted` of Pod Security would refuse the pod. */
export function podSecurityProblems({ owner, spec }: PlannedPod): readonly string[] {
  const at = `${owner.kind}/${owner.metadata.name}`;
  const pod = [
    ...(spec.hostNetwork || spec.hostPID || spec.hostIPC ? [`${at} shares a namespace of its host`] : []),
    ...(spec.securityContext?.runAsUser === 0 ? [`${at} runs as root`] : []),
    ...(spec.volumes ?? []).flatMap((volume) =>
      Object.keys(volume)
        .filter((key) => key !== 'name' && !VOLUMES.has(key))
        .map((key) => `${at} has a volume ${key}`),
    ),
  ];
  return [
    ...pod,
    ...[...(spec.initContainers ?? []), ...spec.containers].flatMap((container) =>
      containerProblems(container, spec.securityContext).map(
        (problem) => `${at}/${container.name} ${problem}`,
      ),
    ),
  ];
}

/** What a container says itself wins over what its pod says. */
function containerProblems(
  { securityContext, ports = [] }: Container,
  ofPod?: SecurityContext,
): readonly string[] {
  const context = { ...ofPod, ...securityContext };
  const { drop = [], add = [] } = context.capabilities ?? {};
  const rules: readonly (readonly [isKept: boolean, problem: string])[] = [
    [context.privileged !== true, 'is privileged'],
    [context.allowPrivilegeEscalation === false, 'may escalate its privileges'],
    [context.runAsNonRoot === true, 'may run as root'],
    [['RuntimeDefault', 'Localhost'].includes(context.seccompProfile?.type ?? ''), 'has no seccomp profile'],
    [drop.includes('ALL'), 'does not drop all capabilities'],
    [add.every((added) => added === 'NET_BIND_SERVICE'), 'adds capabilities'],
    [ports.every(({ hostPort }) => hostPort === undefined), 'takes a port of its host'],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, problem]) => problem);
}
