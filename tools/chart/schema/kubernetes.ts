import { anyObject, choice, closed, flag, type JsonSchema, listOf, mapOf, name, text } from './json-schema';

/** Parts of Kubernetes objects as values take them: their first level is closed, below it Kubernetes itself checks. */

const number: JsonSchema = { type: 'integer', minimum: 0 };
const quantities = mapOf({ type: ['string', 'number'] });

export const resources = closed({
  requests: quantities,
  limits: quantities,
  claims: listOf(anyObject),
});

export const podSecurityContext = closed({
  runAsNonRoot: flag,
  runAsUser: { type: ['integer', 'null'] },
  runAsGroup: { type: ['integer', 'null'] },
  fsGroup: { type: ['integer', 'null'] },
  fsGroupChangePolicy: choice('OnRootMismatch', 'Always'),
  supplementalGroups: listOf(number),
  seccompProfile: closed({ type: text, localhostProfile: text }),
  seLinuxOptions: anyObject,
  appArmorProfile: anyObject,
  sysctls: listOf(anyObject),
});

export const containerSecurityContext = closed({
  allowPrivilegeEscalation: flag,
  readOnlyRootFilesystem: flag,
  runAsNonRoot: flag,
  runAsUser: { type: ['integer', 'null'] },
  runAsGroup: { type: ['integer', 'null'] },
  privileged: choice(false),
  capabilities: closed({ drop: listOf(text), add: listOf(text) }),
  seccompProfile: closed({ type: text, localhostProfile: text }),
  seLinuxOptions: anyObject,
});

export const extraEnv = listOf(closed({ name, value: text, valueFrom: anyObject }, ['name']));

export const extraEnvFrom = listOf(closed({ prefix: text, configMapRef: anyObject, secretRef: anyObject }));

export const volumes = listOf({ type: 'object', required: ['name'], properties: { name } });

export const volumeMounts = listOf(
  closed(
    {
      name,
      mountPath: name,
      subPath: text,
      subPathExpr: text,
      readOnly: flag,
      recursiveReadOnly: text,
      mountPropagation: text,
    },
    ['name', 'mountPath'],
  ),
);

export const tolerations = listOf(
  closed({
    key: text,
    operator: choice('Exists', 'Equal'),
    value: text,
    effect: choice('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
    tolerationSeconds: { type: 'integer' },
  }),
);

export const affinity = closed({
  nodeAffinity: anyObject,
  podAffinity: anyObject,
  podAntiAffinity: anyObject,
});

export const topologySpreadConstraints = listOf(
  closed(
    {
      maxSkew: { type: 'integer', minimum: 1 },
      minDomains: { type: 'integer', minimum: 1 },
      topologyKey: name,
      whenUnsatisfiable: choice('DoNotSchedule', 'ScheduleAnyway'),
      labelSelector: anyObject,
      matchLabelKeys: listOf(text),
      nodeAffinityPolicy: choice('Honor', 'Ignore'),
      nodeTaintsPolicy: choice('Honor', 'Ignore'),
    },
    ['maxSkew', 'topologyKey', 'whenUnsatisfiable'],
  ),
);
