/** One step of bringing the cluster up: a program and its arguments. */
export interface Step {
  readonly what: string;
  readonly program: 'kind' | 'kubectl' | 'helm' | 'node';
  readonly args: readonly string[];
}

const CONTEXT = 'kind-latido';
const IMAGES = ['service-a', 'service-b', 'heartbeat-monitor', 'local-aws'];

/** A chart of somebody else, with the files of values that go with it. */
interface Chart {
  readonly name: string;
  readonly repository: string;
  /** Newer ones may call their values otherwise. */
  readonly version: string;
  readonly values: readonly string[];
}

const CHARTS: readonly Chart[] = [
  {
    name: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '^79.5.0',
    values: ['k8s/kube-prometheus-stack/values.yaml', 'k8s/kube-prometheus-stack/values-kind.yaml'],
  },
  {
    name: 'tempo',
    repository: 'https://grafana.github.io/helm-charts',
    version: '~1.21.1',
    values: ['k8s/tempo/values.yaml'],
  },
  {
    name: 'opentelemetry-collector',
    repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
    version: '~0.122.0',
    values: ['k8s/otel-collector/values.yaml', 'k8s/otel-collector/values-tempo.yaml'],
  },
];

/** Where in the cluster the collector takes spans. */
const COLLECTOR = 'http://otel-collector.monitoring.svc:4317';

/**
 * Everything between nothing and a running Latido, in order; each step does nothing where it was done before.
 * @param existing - names of the kind clusters that are there.
 * @param tag - of the images; another one where the code is another, so that its pods are replaced.
 */
export function upPlan(existing: readonly string[], tag: string): readonly Step[] {
  return [
    ...(existing.includes('latido')
      ? []
      : [step('create the cluster', 'kind', 'create', 'cluster', '--config', 'k8s/kind/cluster.yaml')]),
    step('build the images', 'node', 'dist/tools/images/main.js', '--tag', tag),
    ...IMAGES.map((image) =>
      step(
        `load ${image}`,
        'kind',
        'load',
        'docker-image',
        '--name',
        'latido',
        `docker.io/latido/${image}:${tag}`,
      ),
    ),
    step('make the namespaces', 'kubectl', '--context', CONTEXT, 'apply', '-f', 'k8s/namespaces.yaml'),
    ...CHARTS.map((chart) => installChart(chart)),
    installLatido(tag),
  ];
}

/** Back to nothing. */
export function downPlan(): readonly Step[] {
  return [step('delete the cluster', 'kind', 'delete', 'cluster', '--name', 'latido')];
}

function installLatido(tag: string): Step {
  const values = [
    '-f',
    'charts/latido/values-kind.yaml',
    '--set',
    `image.tag=${tag},tracing.endpoint=${COLLECTOR}`,
  ];
  return helm('install Latido', 'upgrade', '--install', 'latido', 'charts/latido', '-n', 'latido', ...values);
}

function installChart({ name, repository, version, values }: Chart): Step {
  const release = name === 'opentelemetry-collector' ? 'otel-collector' : name;
  const files = values.flatMap((file) => ['-f', file]);
  const where = ['--repo', repository, '--version', version, '-n', 'monitoring'];
  return helm(`install ${name}`, 'upgrade', '--install', release, name, ...where, ...files);
}

/** Images of others come from far away the first time. */
function helm(what: string, ...args: readonly string[]): Step {
  return step(what, 'helm', '--kube-context', CONTEXT, ...args, '--wait', '--timeout', '10m');
}

function step(what: string, program: Step['program'], ...args: readonly string[]): Step {
  return { what, program, args };
}
