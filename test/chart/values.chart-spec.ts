import { readdirSync, readFileSync } from 'node:fs';
import { topology } from '@latido/topology';
import { outputName } from '../../infra/src/outputs';
import { helmValues } from '../../infra/src/values/helm-values';
import { valuesSchema } from '../../tools/chart/schema/values-schema';
import type { JsonSchema } from '../../tools/chart/schema/json-schema';
import { documentedValues } from '../../tools/chart/value-comments';
import { envOf, podOf } from './pods';
import { CHART, merged, render } from './render';
import { ROLE_ARNS } from './values-space';

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

  it('are read by a template, each of them, by its name', () => {
    const unread = values.filter(({ path }) => !isRead(path.split('.').at(-1) ?? ''));
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

/** By a dot or as a key in quotes: `.Values.aws.region`, `$own.resources`, `index $own "nodeSelector"`. */
function isRead(key: string): boolean {
  return new RegExp(`[.$]${key}\\b|"${key}"`).test(templates);
}
