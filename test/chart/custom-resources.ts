import Ajv2020 from 'ajv/dist/2020';
import type { KubeObject } from './render';

type Schema = { readonly [keyword: string]: unknown };

const text: Schema = { type: 'string', minLength: 1 };
const integer: Schema = { type: 'integer' };
const texts: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const duration: Schema = { type: 'string', pattern: '^([0-9]+(ms|s|m|h|d|w|y))+$' };

/** No other keys than these: a misspelt field of a custom resource is dropped by the API server, or kept without effect. */
function closed(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: 'object', additionalProperties: false, properties, required };
}

const secretKey = closed({ name: text, key: text }, ['name', 'key']);
const selector = closed({
  matchLabels: texts,
  matchExpressions: listOf(
    closed({ key: text, operator: { enum: ['In', 'NotIn', 'Exists'] }, values: listOf(text) }),
  ),
});
const relabeling = closed({
  action: { enum: ['replace', 'labeldrop'] },
  sourceLabels: listOf(text),
  targetLabel: text,
  replacement: text,
  regex: text,
});
const endpoint = closed(
  {
    port: text,
    interval: duration,
    scrapeTimeout: duration,
    honorLabels: { const: true },
    relabelings: listOf(relabeling),
  },
  ['port', 'honorLabels', 'relabelings'],
);
const scalingBehavior = closed({
  scaleUp: closed({ stabilizationWindowSeconds: integer }),
  scaleDown: closed({ stabilizationWindowSeconds: integer }),
});
const matcher = closed({ name: text, matchType: { enum: ['=', '!=', '=~', '!~'] }, value: text }, [
  'name',
  'matchType',
  'value',
]);
const route: Schema = closed(
  {
    receiver: text,
    groupBy: listOf(text),
    groupWait: duration,
    groupInterval: duration,
    repeatInterval: duration,
    continue: { type: 'boolean' },
    matchers: listOf(matcher),
    routes: listOf({ $ref: '#/$defs/route' }),
  },
  ['receiver'],
);
const rule = {
  oneOf: [
    closed({ record: text, expr: text, labels: texts }, ['record', 'expr']),
    closed(
      {
        alert: text,
        expr: text,
        for: duration,
        keep_firing_for: duration,
        labels: texts,
        annotations: texts,
      },
      ['alert', 'expr', 'labels', 'annotations'],
    ),
  ],
};
const scaleTarget = closed({ apiVersion: text, kind: text, name: text }, ['apiVersion', 'kind', 'name']);

/** What we use of each custom resource, and nothing else. */
const SPECS: Readonly<Record<string, Schema>> = {
  PodMonitor: closed({ selector, podMetricsEndpoints: listOf(endpoint) }, [
    'selector',
    'podMetricsEndpoints',
  ]),
  ServiceMonitor: closed({ selector, endpoints: listOf(endpoint) }, ['selector', 'endpoints']),
  PrometheusRule: closed(
    {
      groups: listOf(
        closed({ name: text, interval: duration, limit: integer, rules: listOf(rule) }, ['name', 'rules']),
      ),
    },
    ['groups'],
  ),
  AlertmanagerConfig: closed(
    {
      route: { $ref: '#/$defs/route' },
      inhibitRules: listOf(
        closed({ sourceMatch: listOf(matcher), targetMatch: listOf(matcher), equal: listOf(text) }, [
          'sourceMatch',
          'targetMatch',
          'equal',
        ]),
      ),
      receivers: listOf(
        closed(
          {
            name: text,
            webhookConfigs: listOf(
              closed({
                url: text,
                urlSecret: secretKey,
                sendResolved: { type: 'boolean' },
                httpConfig: closed({
                  authorization: closed({ type: { const: 'Bearer' }, credentials: secretKey }),
                }),
              }),
            ),
            pagerdutyConfigs: listOf(
              closed({ routingKey: secretKey, sendResolved: { type: 'boolean' } }, ['routingKey']),
            ),
            slackConfigs: listOf(
              closed({ apiURL: secretKey, channel: text, sendResolved: { type: 'boolean' } }, [
                'apiURL',
                'channel',
              ]),
            ),
            emailConfigs: listOf(
              closed({ to: text, from: text, smarthost: text, authUsername: text, authPassword: secretKey }, [
                'to',
                'from',
                'smarthost',
              ]),
            ),
          },
          ['name'],
        ),
      ),
    },
    ['route', 'receivers'],
  ),
  ScaledObject: closed(
    {
      scaleTargetRef: scaleTarget,
      minReplicaCount: { type: 'integer', minimum: 1 },
      maxReplicaCount: integer,
      pollingInterval: integer,
      cooldownPeriod: integer,
      advanced: closed({ horizontalPodAutoscalerConfig: closed({ behavior: scalingBehavior }) }),
      fallback: closed({ failureThreshold: integer, replicas: integer }, ['failureThreshold', 'replicas']),
      triggers: {
        ...listOf(
          closed(
            {
              type: { const: 'aws-sqs-queue' },
              metadata: closed(
                {
                  queueURL: {
                    type: 'string',
                    pattern: '^https?://[^/]+/[0-9]{12}/[A-Za-z0-9_-]+(\\.fifo)?$',
                  },
                  queueLength: { type: 'string', pattern: '^[1-9][0-9]*$' },
                  awsRegion: text,
                  scaleOnInFlight: { enum: ['true', 'false'] },
                  awsEndpoint: { type: 'string', pattern: '^http://' },
                },
                ['queueURL', 'queueLength', 'awsRegion'],
              ),
              authenticationRef: closed({ name: text }, ['name']),
            },
            ['type', 'metadata', 'authenticationRef'],
          ),
        ),
        minItems: 1,
      },
    },
    ['scaleTargetRef', 'triggers'],
  ),
  TriggerAuthentication: {
    oneOf: [
      closed(
        {
          podIdentity: closed({ provider: { const: 'aws' }, identityOwner: { enum: ['keda', 'workload'] } }, [
            'provider',
          ]),
        },
        ['podIdentity'],
      ),
      closed(
        {
          secretTargetRef: {
            ...listOf(
              closed(
                { parameter: { enum: ['awsAccessKeyID', 'awsSecretAccessKey'] }, name: text, key: text },
                ['parameter', 'name', 'key'],
              ),
            ),
            minItems: 2,
          },
        },
        ['secretTargetRef'],
      ),
    ],
  },
  HTTPRoute: closed(
    {
      parentRefs: {
        ...listOf(closed({ name: text, namespace: text, sectionName: text }, ['name'])),
        minItems: 1,
      },
      hostnames: { ...listOf(text), minItems: 1 },
      rules: listOf(
        closed({ backendRefs: listOf(closed({ name: text, port: integer }, ['name', 'port'])) }, [
          'backendRefs',
        ]),
      ),
    },
    ['parentRefs', 'hostnames', 'rules'],
  ),
  Rollout: closed(
    {
      replicas: integer,
      revisionHistoryLimit: integer,
      selector,
      strategy: closed({ canary: { type: 'object' }, blueGreen: { type: 'object' } }),
      template: closed({ metadata: { type: 'object' }, spec: { type: 'object' } }, ['metadata', 'spec']),
    },
    ['selector', 'strategy', 'template'],
  ),
};

const ajv = new Ajv2020({ allErrors: true, strict: false });
const validators = new Map(
  Object.entries(SPECS).map(([kind, spec]) => [kind, ajv.compile({ ...spec, $defs: { route } })]),
);

/** What is wrong with the spec of a custom resource; nothing for kinds of Kubernetes itself. */
export function customResourceProblems(object: KubeObject): readonly string[] {
  const validate = validators.get(object.kind);
  if (!validate || validate(object.spec)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${object.kind}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Every kind that is looked at here. */
export const customKinds: ReadonlySet<string> = new Set(Object.keys(SPECS));
