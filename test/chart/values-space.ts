import { constantFrom, sample, tuple } from 'fast-check';
import { merged, type Values } from './render';

/** The least that renders: on the embedded AWS, and on AWS. */
export const ON_KIND: Values = {
  localAws: { enabled: true },
  identity: { mode: 'none' },
  auth: { token: { value: 'sixteen-characters' } },
};
export const ON_AWS: Values = {
  aws: { accountId: '123456789012', region: 'eu-central-1', resourcePrefix: 'prod' },
  auth: { token: { existingSecret: 'latido-token' } },
};
export const ROLE_ARNS = {
  'service-a': 'arn:aws:iam::123456789012:role/a',
  'service-b': 'arn:aws:iam::123456789012:role/b',
  'heartbeat-monitor': 'arn:aws:iam::123456789012:role/m',
};
/** Somebody for every page. */
export const PAGED: Values = {
  alertmanager: {
    receivers: Object.fromEntries(
      ['events', 'state', 'platform'].map((team) => [
        `page-${team}-primary`,
        { pagerdutyConfigs: [{ routingKey: { name: 'pagerduty', key: team } }] },
      ]),
    ),
  },
};
export const OIDC: Values = {
  auth: {
    oidc: { issuer: 'https://id.example.com', jwksUrl: 'https://id.example.com/jwks', audience: 'latido' },
    token: { existingSecret: '', value: '' },
    writer: { existingSecret: 'writer' },
  },
};

const HOSTS: Values = {
  serviceA: { hostnames: ['events.example.com'] },
  heartbeatMonitor: { hostnames: ['latido.example.com', 'monitor.example.com'] },
};

/** What may differ from one installation to the next; each choice fits every choice of the others. */
const DIMENSIONS: Readonly<Record<string, readonly Values[]>> = {
  surroundings: [
    ON_KIND,
    merged(ON_KIND, { localAws: { persistence: { enabled: true, storageClassName: 'fast' } } }),
    merged(ON_KIND, { localAws: { persistence: { enabled: false }, image: { tag: 'frozen' } } }),
    ON_AWS,
    merged(ON_AWS, { identity: { mode: 'irsa', roleArns: ROLE_ARNS } }),
    merged(ON_AWS, { identity: { mode: 'static', static: { existingSecret: 'keys' } } }),
    merged(ON_AWS, {
      aws: {
        queues: { 'service-b-events': 'orders-in' },
        topics: { receipts: 'arn:aws:sns:eu-central-1:123456789012:r' },
      },
    }),
  ],
  access: [{}, OIDC, merged(OIDC, { auth: { writer: { existingSecret: '' } } })],
  scalingA: [
    {},
    { serviceA: { autoscaling: { hpa: { enabled: true } } } },
    { serviceA: { autoscaling: { keda: { enabled: true } } } },
  ],
  scalingB: [
    {},
    { serviceB: { replicas: 5 } },
    {
      serviceB: {
        autoscaling: { hpa: { enabled: true, behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } } },
      },
    },
    {
      serviceB: {
        autoscaling: {
          keda: {
            enabled: true,
            messagesPerReplica: 50,
            behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
          },
        },
      },
    },
  ],
  ordering: [
    {},
    { serviceA: { config: { EVENT_ORDERING: 'fifo' } }, serviceB: { config: { EVENT_ORDERING: 'fifo' } } },
  ],
  workload: [{}, { workload: { kind: 'Rollout' } }],
  monitors: [{}, { heartbeatMonitor: { replicas: 1 } }, { heartbeatMonitor: { witness: { enabled: true } } }],
  images: [
    {},
    { image: { registry: 'registry.example.com', tag: '1.2.3', pullSecrets: ['pull'] } },
    {
      global: { imageRegistry: 'mirror.example.com', imagePullSecrets: ['mirror'] },
      serviceA: { image: { digest: `sha256:${'a'.repeat(64)}` } },
    },
  ],
  routes: [
    {},
    merged(HOSTS, { httpRoute: { enabled: true, parentRefs: [{ name: 'public', namespace: 'gateway' }] } }),
    merged(HOSTS, {
      ingress: {
        enabled: true,
        className: 'nginx',
        tls: [{ hosts: ['events.example.com'], secretName: 'tls' }],
      },
    }),
  ],
  monitoring: [
    {},
    {
      monitoring: {
        podMonitor: { enabled: false },
        serviceMonitor: { enabled: true },
        labels: { release: 'stack' },
      },
    },
    { monitoring: { podMonitor: { enabled: false }, rules: { enabled: false } } },
  ],
  alerts: [
    {},
    {
      alerts: {
        InteropChannelLag: { threshold: 30, severity: 'info' },
        InteropEdgeOutOfOrder: { enabled: false },
      },
    },
  ],
  alertmanager: [
    {},
    { alertmanager: { config: { enabled: false }, plain: { enabled: true } } },
    merged(PAGED, {
      alertmanager: { config: { enabled: true, labels: { team: 'x' } }, plain: { enabled: true } },
    }),
  ],
  network: [
    {},
    { networkPolicy: { enabled: false } },
    {
      networkPolicy: {
        dns: { nodeLocalAddress: '169.254.20.10' },
        prometheus: { podLabels: { app: 'prometheus' } },
        aws: { cidrs: ['10.1.0.0/16'] },
      },
    },
  ],
  tracing: [
    {},
    { tracing: { endpoint: 'http://otel.monitoring.svc:4317', samplerArg: 0.25, propagators: ['xray'] } },
  ],
  pods: [
    {},
    {
      defaults: {
        extraEnv: [{ name: 'X', value: 'y' }],
        podAnnotations: { a: 'b' },
        priorityClassName: 'high',
        tolerations: [{ operator: 'Exists' }],
      },
    },
    {
      defaults: {
        nodeSelector: { disk: 'ssd' },
        podDisruptionBudget: { enabled: false },
        serviceAccount: { create: false, name: 'shared' },
      },
    },
    { serviceB: { terminationGracePeriodSeconds: 120, preStopSeconds: 0 }, commonLabels: { team: 'state' } },
  ],
  rest: [{}, { dashboards: { enabled: false }, tests: { enabled: false } }, { fullnameOverride: 'a-name' }],
};

/** So many installations, the same each time: what a failure names can be looked at again. */
export function combinations(count: number, seed = 20_261_122): readonly Values[] {
  const dimensions = Object.values(DIMENSIONS).map((choices) => constantFrom(...choices));
  return sample(
    tuple(...dimensions).map((parts) => merged(...parts)),
    { numRuns: count, seed },
  );
}
