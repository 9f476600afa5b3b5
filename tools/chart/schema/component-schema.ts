import type { DocumentedService } from '@latido/service-host';
import { autoscalingSchema } from './autoscaling-schema';
import { configSchema } from './config-schema';
import {
  autoOrFlag,
  choice,
  closed,
  flag,
  integer,
  integerOrNull,
  type JsonSchema,
  listOf,
  name,
  text,
  textOrEmpty,
  texts,
} from './json-schema';
import * as kubernetes from './kubernetes';

const MAX_GRACE_SECONDS = 3_600;

/** What every component takes, under `defaults` and under its own key. */
const pod: Readonly<Record<string, JsonSchema>> = {
  image: closed({
    repository: text,
    tag: textOrEmpty('^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$'),
    digest: textOrEmpty('^sha256:[0-9a-f]{64}$'),
  }),
  resources: kubernetes.resources,
  podSecurityContext: kubernetes.podSecurityContext,
  containerSecurityContext: kubernetes.containerSecurityContext,
  podAnnotations: texts,
  podLabels: texts,
  extraEnv: kubernetes.extraEnv,
  extraEnvFrom: kubernetes.extraEnvFrom,
  extraVolumes: kubernetes.volumes,
  extraVolumeMounts: kubernetes.volumeMounts,
  priorityClassName: text,
  nodeSelector: texts,
  tolerations: kubernetes.tolerations,
  affinity: kubernetes.affinity,
  topologySpreadConstraints: kubernetes.topologySpreadConstraints,
  terminationGracePeriodSeconds: integerOrNull({ min: 1, max: MAX_GRACE_SECONDS }),
  serviceAccount: closed({ create: flag, name: text, annotations: texts }),
};

/** What the services take besides; the embedded AWS is one pod for inside the cluster, and stops at once. */
const common: Readonly<Record<string, JsonSchema>> = {
  ...pod,
  preStopSeconds: integerOrNull({ min: 0, max: MAX_GRACE_SECONDS }),
  service: closed({ type: choice('ClusterIP', 'NodePort', 'LoadBalancer'), annotations: texts }),
  podDisruptionBudget: closed({ enabled: flag }),
  hostnames: listOf(name),
};

export const defaultsSchema = closed(common);

/** service-a and service-b. */
export function serviceSchema(service: DocumentedService): JsonSchema {
  return closed({
    ...common,
    replicas: integer({ min: 0, max: 1_000 }),
    autoscaling: autoscalingSchema,
    config: configSchema(service),
  });
}

export function monitorSchema(service: DocumentedService): JsonSchema {
  return closed({
    ...common,
    replicas: integer({ min: 1, max: 100 }),
    config: configSchema(service),
    witness: closed({ enabled: flag }),
  });
}

export const localAwsSchema = closed({
  ...pod,
  enabled: flag,
  persistence: closed({
    enabled: autoOrFlag,
    storageClassName: text,
    size: { type: 'string', pattern: '^[0-9]+(Ki|Mi|Gi|Ti)$' },
  }),
});
