import { existsSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { downPlan, upPlan } from '../../tools/kind/kind-plan';
import { closed, count, flag, listOf, problemsOf, text, texts } from './closed-schema';

const read = (file: string): unknown => parse(readFileSync(`k8s/${file}`, 'utf8'));
const resources = closed({
  requests: closed({ cpu: text, memory: text }),
  limits: closed({ memory: text }),
});

/** What is used of each format, closed: a misspelt key fails. Written by hand from their documentation. */
const SCHEMAS = {
  'kind/cluster.yaml': closed({
    apiVersion: { const: 'kind.x-k8s.io/v1alpha4' },
    kind: { const: 'Cluster' },
    name: { const: 'latido' },
    nodes: listOf(closed({ role: { enum: ['control-plane', 'worker'] }, 'labels?': texts })),
  }),
  'tempo/values.yaml': closed({
    fullnameOverride: text,
    tempo: closed({
      retention: text,
      reportingEnabled: flag,
      receivers: closed({ otlp: closed({ protocols: closed({ grpc: closed({ endpoint: text }) }) }) }),
      resources,
    }),
    persistence: closed({ enabled: flag }),
  }),
  'kube-prometheus-stack/values.yaml': closed({
    prometheus: closed({
      prometheusSpec: closed({
        scrapeInterval: { const: '15s' },
        evaluationInterval: { const: '15s' },
        enableFeatures: listOf(text),
        retention: text,
        podMonitorSelectorNilUsesHelmValues: flag,
        serviceMonitorSelectorNilUsesHelmValues: flag,
        ruleSelectorNilUsesHelmValues: flag,
        resources,
      }),
    }),
    alertmanager: closed({
      alertmanagerSpec: closed({
        alertmanagerConfigSelector: closed({}),
        alertmanagerConfigNamespaceSelector: closed({}),
        alertmanagerConfigMatcherStrategy: closed({ type: { enum: ['OnNamespace', 'None'] } }),
      }),
    }),
    grafana: closed({
      sidecar: closed({
        dashboards: closed({
          enabled: flag,
          label: text,
          labelValue: text,
          searchNamespace: text,
          folderAnnotation: text,
          provider: closed({ foldersFromFilesStructure: flag }),
        }),
      }),
      additionalDataSources: listOf(
        closed({ name: text, type: { const: 'tempo' }, uid: text, access: { const: 'proxy' }, url: text }),
      ),
    }),
  }),
  'kube-prometheus-stack/values-kind.yaml': closed({
    kubeEtcd: closed({ enabled: flag }),
    kubeControllerManager: closed({ enabled: flag }),
    kubeScheduler: closed({ enabled: flag }),
    kubeProxy: closed({ enabled: flag }),
    prometheus: closed({ prometheusSpec: closed({ retention: text, resources }) }),
    grafana: closed({ adminPassword: text }),
  }),
  'eksctl/cluster.yaml': closed({
    apiVersion: { const: 'eksctl.io/v1alpha5' },
    kind: { const: 'ClusterConfig' },
    metadata: closed({ name: text, region: text, version: text }),
    availabilityZones: { ...(listOf(text) as object), minItems: 3 },
    addons: listOf(closed({ name: text, 'configurationValues?': text })),
    addonsConfig: closed({ autoApplyPodIdentityAssociations: flag }),
    managedNodeGroups: listOf(
      closed({
        name: text,
        amiFamily: text,
        instanceType: text,
        minSize: count,
        desiredCapacity: count,
        maxSize: count,
        volumeSize: count,
        privateNetworking: flag,
        disablePodIMDS: { const: true },
      }),
    ),
    cloudWatch: closed({ clusterLogging: closed({ enableTypes: listOf(text) }) }),
  }),
};

describe('k8s/', () => {
  test.each(Object.entries(SCHEMAS))('%s uses only what its format knows', (file, schema) => {
    expect(problemsOf(schema, read(file))).toEqual([]);
  });

  test('gives kind two workers in two zones', () => {
    const { nodes } = read('kind/cluster.yaml') as {
      readonly nodes: readonly { readonly labels?: object }[];
    };
    expect(nodes.flatMap(({ labels }) => Object.values(labels ?? {}))).toEqual(['zone-a', 'zone-b']);
  });

  test('enforces Pod Security restricted where Latido runs', () => {
    const namespaces = madeByHand().filter(({ kind }) => kind === 'Namespace');
    expect(namespaces.map(({ kind, metadata }) => [kind, metadata.name, metadata.labels?.[ENFORCE]])).toEqual(
      [
        ['Namespace', 'latido', 'restricted'],
        ['Namespace', 'monitoring', 'privileged'],
      ],
    );
  });

  test('makes the priority class that the values for production ask for', () => {
    const { defaults } = parse(readFileSync('charts/latido/values-prod.yaml', 'utf8')) as {
      readonly defaults: { readonly priorityClassName: string };
    };
    const classes = madeByHand().filter(({ kind }) => kind === 'PriorityClass');
    expect(classes.map(({ metadata }) => metadata.name)).toEqual([defaults.priorityClassName]);
  });

  test('runs the agent of Pod Identity on EKS, and leaves it to the stacks to bind roles', () => {
    const cluster = read('eksctl/cluster.yaml') as EksCluster;
    expect(cluster.addons.map(({ name }) => name)).toContain('eks-pod-identity-agent');
    expect(cluster).not.toHaveProperty('iam');
  });

  test('calls the collector what the stacks bind its role to', () => {
    const { serviceAccount } = read('otel-collector/values-xray.yaml') as {
      readonly serviceAccount: { readonly name: string };
    };
    const access = readFileSync('infra/src/access.ts', 'utf8');
    expect(access).toContain(`{ namespace: 'monitoring', name: '${serviceAccount.name}' }`);
  });

  test.each(['staging', 'prod'])('has the gateway that routes of %s belong to', (stage) => {
    const { httpRoute } = parse(readFileSync(`charts/latido/values-${stage}.yaml`, 'utf8')) as {
      readonly httpRoute: { readonly parentRefs: readonly object[] };
    };
    const gateways = madeByHand('gateway/public.yaml').filter(({ kind }) => kind === 'Gateway');
    expect(gateways.map(({ metadata: { name, namespace } }) => ({ name, namespace }))).toEqual(
      httpRoute.parentRefs,
    );
  });

  test('has Grafana look for the label of the chart', () => {
    const { grafana } = read('kube-prometheus-stack/values.yaml') as GrafanaValues;
    const chart = parse(readFileSync('charts/latido/values.yaml', 'utf8')) as {
      readonly dashboards: { readonly labels: object };
    };
    const { label, labelValue } = grafana.sidecar.dashboards;
    expect(chart.dashboards.labels).toEqual({ [label]: labelValue });
  });
});

describe('the way up on kind', () => {
  test('names only files that exist', () => {
    const files = upPlan([], 'dev-1').flatMap(({ args }) => args.filter((one) => one.endsWith('.yaml')));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect([file, existsSync(file)]).toEqual([file, true]);
  });

  test('builds, loads and installs images of one tag', () => {
    const tagged = upPlan([], 'dev-1').filter(({ args }) => args.some((one) => one.includes('dev-1')));
    expect(tagged.map(({ what }) => what)).toEqual([
      'build the images',
      ...['service-a', 'service-b', 'heartbeat-monitor', 'local-aws'].map((name) => `load ${name}`),
      'install Latido',
    ]);
  });

  test('makes no second cluster', () => {
    expect(upPlan(['latido'], 'dev-1').map(({ what }) => what)).not.toContain('create the cluster');
  });

  test('touches no context but that of its own cluster', () => {
    for (const { program, args } of [...upPlan([], 'dev-1'), ...downPlan()])
      if (program === 'helm' || program === 'kubectl') expect(args).toContain('kind-latido');
  });
});

const ENFORCE = 'pod-security.kubernetes.io/enforce';

interface MadeByHand {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

function madeByHand(file = 'namespaces.yaml'): readonly MadeByHand[] {
  const documents = parseAllDocuments(readFileSync(`k8s/${file}`, 'utf8'));
  return documents.map((document) => document.toJSON() as MadeByHand);
}

interface EksCluster {
  readonly addons: readonly { readonly name: string }[];
}

interface GrafanaValues {
  readonly grafana: {
    readonly sidecar: { readonly dashboards: { readonly label: string; readonly labelValue: string } };
  };
}
