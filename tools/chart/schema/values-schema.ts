import { heartbeatMonitor } from '../../../apps/heartbeat-monitor/src/configuration';
import { serviceA } from '../../../apps/service-a/src/configuration';
import { serviceB } from '../../../apps/service-b/src/configuration';
import { resourceNames, topology } from '@latido/topology';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { defaultsSchema, localAwsSchema, monitorSchema, serviceSchema } from './component-schema';
import {
  anyObject,
  choice,
  closed,
  type JsonSchema,
  listOf,
  name,
  text,
  textOrEmpty,
  texts,
} from './json-schema';

const URL_PATTERN = '^https?://[^\\s/]+';

const identity = closed({
  mode: choice('podIdentity', 'irsa', 'static', 'none'),
  roleArns: closed(
    Object.fromEntries(
      topology.services.map((service) => [
        service.name,
        textOrEmpty('^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$'),
      ]),
    ),
  ),
  static: closed({ existingSecret: text, accessKeyIdKey: name, secretAccessKeyKey: name }),
});

const auth = closed({
  oidc: closed({
    issuer: textOrEmpty(URL_PATTERN),
    jwksUrl: textOrEmpty(URL_PATTERN),
    audience: text,
    rolesClaim: name,
  }),
  token: closed({
    existingSecret: text,
    key: name,
    value: { type: 'string', pattern: '^$|^.{16,}$' },
  }),
  writer: closed({ existingSecret: text, key: name }),
});

/** The schema of every value of the chart; what is not in it is refused. */
export const valuesSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Values of the chart latido',
  ...closed({
    global: { type: 'object', properties: { imageRegistry: text, imagePullSecrets: listOf(name) } },
    fullnameOverride: textOrEmpty('^[a-z]([a-z0-9-]{0,51}[a-z0-9])?$'),
    commonLabels: texts,
    image: closed({
      registry: text,
      repository: text,
      tag: text,
      pullPolicy: choice('Always', 'IfNotPresent', 'Never'),
      pullSecrets: listOf(name),
    }),
    aws: closed({
      region: { type: 'string', pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$' },
      accountId: textOrEmpty('^[0-9]{12}$'),
      resourcePrefix: { type: 'string', pattern: `^[A-Za-z0-9_-]{0,${MAX_PREFIX_CHARACTERS}}$` },
      ...givenResources(),
    }),
    identity,
    auth,
    workload: closed({
      kind: choice('Deployment', 'Rollout'),
      rolloutStrategy: closed({ canary: anyObject, blueGreen: anyObject }),
    }),
    defaults: defaultsSchema,
    serviceA: serviceSchema(serviceA),
    serviceB: serviceSchema(serviceB),
    heartbeatMonitor: monitorSchema(heartbeatMonitor),
    localAws: localAwsSchema,
    networkPolicy: networkPolicySchema,
    httpRoute: httpRouteSchema,
    ingress: ingressSchema,
    monitoring: monitoringSchema,
    alerts: alertsSchema(alertDefaults),
    alertmanager: alertmanagerSchema(receivers()),
    dashboards: dashboardsSchema,
    tracing: tracingSchema,
    tests: closed({ enabled: flag }),
    extraObjects: listOf(anyObject),
  }),
};
