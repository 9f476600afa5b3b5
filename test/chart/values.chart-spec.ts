import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { topology } from '@latido/topology';
import { outputName } from '../../infra/src/outputs';
import { prefixOf, STAGES } from '../../infra/src/stages';
import { helmValues } from '../../infra/src/values/helm-values';
import { valuesSchema } from '../../tools/chart/schema/values-schema';
import type { JsonSchema } from '../../tools/chart/schema/json-schema';
import { documentedValues } from '../../tools/chart/value-comments';
import { envOf, podOf } from './pods';
import { isReadByTemplates } from './template-reads';
import { at, CHART, inTurns, merged, render } from './render';
import { ON_AWS, ON_KIND, ROLE_ARNS } from './values-space';

const values = documentedValues(readFileSync(`${CHART}/values.yaml`, 'utf8'));
const templates = readdirSync(`${CHART}/templates`, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(yaml|tpl|txt)$/.test(file))
  .map((file) => readFileSync(`${CHART}/templates/${file}`, 'utf8'))
  .join('\n');

describe('the values of the chart', () => {
  it('are documented, each of them', () => {
    expect(values.filter(({ comment }) => comment === '').map(({ path }) => path)).toEqual([]);
  });

  it('are known to the schema, each of them', () => {
    expect(values.filter(({ path }) => !isKnown(path)).map(({ path }) => path)).toEqual([]);
  });

  it('are read by a template, each of them, by its path', () => {
    const unread = values.filter(({ path }) => !isReadByTemplates(path));
    process.stdout.write(
      `${values.length} values: ${values.length} documented, ${values.length - unread.length} read\n`,
    );
    expect(unread.map(({ path }) => path)).toEqual([]);
  });

  it('are all that templates read', () => {
    const read = [...templates.matchAll(/\.Values\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g)].map(([, path]) =>
      String(path),
    );
    expect([...new Set(read)].filter((path) => !isKnown(path))).toEqual([]);
    process.stdout.write(`${new Set(read).size} different paths are read directly\n`);
  });
});

describe('the values of one component', () => {
  it.each(['serviceA', 'heartbeatMonitor', 'localAws'])(
    'change what is rendered, each that the schema lets %s have',
    async (component) => {
      const { text } = await render(merged(ON_KIND, HOSTED));
      const known = Object.keys(valuesSchema.properties?.[component]?.properties ?? {});
      const keys = known.filter((key) => !ELSEWHERE.has(key));
      const idle = await inTurns(keys, async (key) => {
        const changed = merged(ON_KIND, HOSTED, at(component, { [key]: ANOTHER[key] }));
        return ANOTHER[key] !== undefined && (await render(changed)).text !== text ? [] : [key];
      });
      expect(idle.flat()).toEqual([]);
    },
  );
});

/** With Ingresses, so that host names are seen to do something. */
const HOSTED = { ingress: { enabled: true }, serviceB: { hostnames: ['state.example.com'] } };
/** Seen by tests of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set(['enabled', 'autoscaling', 'config', 'replicas', 'witness']);
/** By its name, a value that no component has by default. */
const ANOTHER: Readonly<Record<string, unknown>> = {
  image: { tag: 'another' },
  resources: { requests: { cpu: '7m' } },
  podSecurityContext: { fsGroup: 10_009 },
  containerSecurityContext: { runAsUser: 10_009 },
  podAnnotations: { another: 'one' },
  podLabels: { another: 'one' },
  extraEnv: [{ name: 'ANOTHER', value: 'one' }],
  extraEnvFrom: [{ secretRef: { name: 'another' } }],
  extraVolumes: [{ name: 'another', emptyDir: {} }],
  extraVolumeMounts: [{ name: 'tmp', mountPath: '/another' }],
  priorityClassName: 'another',
  nodeSelector: { another: 'one' },
  tolerations: [{ operator: 'Exists' }],
  affinity: { podAntiAffinity: {} },
  topologySpreadConstraints: [{ maxSkew: 2, topologyKey: 'another', whenUnsatisfiable: 'DoNotSchedule' }],
  terminationGracePeriodSeconds: 77,
  preStopSeconds: 7,
  serviceAccount: { annotations: { another: 'one' } },
  service: { annotations: { another: 'one' } },
  podDisruptionBudget: { enabled: false },
  hostnames: ['another.example.com'],
  persistence: { enabled: true },
};

describe('the names of queues, topics and tables', () => {
  it.each(STAGES)('begin in the values of $name with what its stack calls them', (stage) => {
    const { aws } = parse(readFileSync(`${CHART}/values-${stage.name}.yaml`, 'utf8')) as {
      readonly aws: { readonly resourcePrefix: string };
    };
    expect(aws.resourcePrefix).toBe(prefixOf(stage));
  });

  it('need no prefix where each of them is given', async () => {
    const given = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, `their-${name}`]));
    const aws = {
      resourcePrefix: '',
      queues: given(topology.queues.map(({ name }) => name)),
      topics: given(topology.topics.map(({ name }) => name)),
      tables: given(topology.tables.map(({ name }) => name)),
    };
    const { objects } = await render(merged(ON_AWS, { aws }));
    expect(envOf(podOf(objects, 'service-b'))['RESOURCE_PREFIX']).toBeUndefined();
  });
});

describe('the outputs of a stage', () => {
  it('become values that render without an empty reference', async () => {
    const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:123456789012:${name}`;
    const outputs = Object.fromEntries([
      ...topology.queues.map(({ name }) => [
        outputName('queues', name),
        `https://sqs.eu-central-1.amazonaws.com/123456789012/s-${name}`,
      ]),
      ...topology.topics.map(({ name }) => [outputName('topics', name), arn('sns', `s-${name}`)]),
      ...topology.tables.map(({ name }) => [outputName('tables', name), `s-${name}`]),
      ...topology.services.map(({ name }) => [outputName('roleArns', name), ROLE_ARNS[name]]),
    ]) as Record<string, string>;
    const given = helmValues(
      { 'latido-staging': outputs },
      { stack: 'latido-staging', identityMode: 'irsa' },
    );
    const { objects } = await render(merged({ ...given }, { auth: { token: { existingSecret: 'token' } } }));
    for (const { name } of topology.services) {
      const env = Object.values(envOf(podOf(objects, name)));
      expect(
        env.filter(({ value, valueFrom }) => value === '' || (value === undefined && !valueFrom)),
      ).toEqual([]);
      const named = JSON.parse(envOf(podOf(objects, name))['RESOURCE_NAMES']?.value ?? '{}') as Record<
        string,
        object
      >;
      expect(Object.keys(named['queues'] ?? {})).toHaveLength(topology.queues.length);
    }
    const roles = objects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => metadata.annotations?.['eks.amazonaws.com/role-arn']);
    expect(new Set(roles)).toEqual(new Set(Object.values(ROLE_ARNS)));
  });
});

function isKnown(path: string): boolean {
  return (
    path
      .split('.')
      .reduce<JsonSchema | undefined>((schema, key) => schema?.properties?.[key], valuesSchema) !== undefined
  );
}
