import { anyObject, closed, flag, type JsonSchema, listOf, textOrEmpty, texts } from './json-schema';

const CIDR: JsonSchema = { type: 'string', pattern: '^[0-9a-fA-F:.]+/[0-9]{1,3}$' };

/** A namespace without labels would be every namespace. */
const peer = { namespaceLabels: { ...texts, minProperties: 1 }, podLabels: texts };
const cidrs: JsonSchema = { ...listOf(CIDR), minItems: 1 };

/** Where those are whom the connections of the topology lead to and come from. */
export const networkPolicySchema = closed({
  enabled: flag,
  dns: closed({ ...peer, nodeLocalAddress: textOrEmpty('^[0-9a-fA-F:.]+$') }),
  prometheus: closed(peer),
  alertmanager: closed(peer),
  keda: closed(peer),
  gateway: closed(peer),
  otlpCollector: closed(peer),
  aws: closed({ cidrs, except: listOf(CIDR) }),
  identityProvider: closed({
    cidrs: listOf(CIDR),
    except: listOf(CIDR),
    namespaceLabels: texts,
    podLabels: texts,
  }),
  podIdentityAgent: closed({ cidrs }),
  kubernetesApi: closed({ cidrs }),
  extraIngress: listOf(closed({ from: listOf(anyObject), ports: listOf(anyObject) })),
  extraEgress: listOf(closed({ to: listOf(anyObject), ports: listOf(anyObject) })),
});

/** How components are reached from outside. */
export const httpRouteSchema = closed({
  enabled: flag,
  parentRefs: listOf(anyObject),
  annotations: texts,
});

export const ingressSchema = closed({
  enabled: flag,
  className: textOrEmpty('.'),
  annotations: texts,
  tls: listOf(anyObject),
});
