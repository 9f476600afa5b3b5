import { MAX_PREFIX_CHARACTERS, resourceNames, topology } from '@latido/topology';
import { parse } from 'yaml';
import { heartbeatMonitor } from '../../../apps/heartbeat-monitor/src/configuration';
import { serviceA } from '../../../apps/service-a/src/configuration';
import { serviceB } from '../../../apps/service-b/src/configuration';
import { alertDefaults } from '../../rules/alert-defaults';
import { writeAlertmanager } from '../../rules/alertmanager';
import { defaultsSchema, localAwsSchema, monitorSchema, serviceSchema } from './component-schema';
import {
  alertmanagerSchema,
  alertsSchema,
  dashboardsSchema,
  monitoringSchema,
  tracingSchema,
} from './monitoring-schema';
import { httpRouteSchema, ingressSchema, networkPolicySchema } from './network-schema';
import {
  anyObject,
  flag,
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
/** An ARN, a URL or a plain name, as the services read it. */
const PLACE: JsonSchema = {
  type: 'string',
  pattern: '^(arn:\\S+[:/]|https?://\\S+/)?[A-Za-z0-9_.-]{1,256}$',
};

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

/** Names, ARNs or URLs of somebody else's, by the names a service may ask for. */
function givenResources(): Readonly<Record<string, JsonSchema>> {
  const names = resourceNames({ region: '', accountId: '' });
  const twins = (fifoTwin: boolean) => (fifoTwin ? [{ fifo: false }, { fifo: true }] : [{ fifo: false }]);
  const named = (all: readonly string[]) => closed(Object.fromEntries(all.map((one) => [one, PLACE])));
  return {
    queues: named(
      topology.queues.flatMap((queue) =>
        twins(queue.fifoTwin).flatMap((order) => [
          names.queue(queue.name, order),
          names.deadLetterQueue(queue.name, order),
        ]),
      ),
    ),
    topics: named(
      topology.topics.flatMap((topic) =>
        twins(topic.fifoTwin).map((order) => names.topic(topic.name, order)),
      ),
    ),
    tables: named(topology.tables.map((table) => table.name)),
  };
}

function receivers(): readonly string[] {
  const { receivers: all } = parse(writeAlertmanager()) as {
    readonly receivers: readonly { readonly name: string }[];
  };
  return all.map((receiver) => receiver.name);
}

/** The schema of every value of the chart; what is not in it is refused. */
export const valuesSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Values of the chart latido',
  ...closed({
    global: closed({ imageRegistry: text, imagePullSecrets: listOf(name) }),
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
