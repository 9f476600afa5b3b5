import { readdirSync } from 'node:fs';
import { podSecurityProblems, podsOf } from './pods';
import { CHART, inTurns, type KubeObject, render, type Values } from './render';
import { problemsOf } from './validate-objects';
import { combinations, ON_AWS, ON_KIND } from './values-space';
import { FIELDS_OF_1_31, fieldsOf } from './fields-of-1-31';

const COMBINATIONS = 220;

/** All that is rendered here: each values file as it is meant to be used, and the combinations. */
interface Installation {
  readonly name: string;
  readonly objects: readonly KubeObject[];
}

describe('every object of every installation', () => {
  let installations: readonly Installation[];
  let objects: readonly KubeObject[];

  beforeAll(async () => {
    const files = readdirSync(CHART).filter((name) => /^values-.+\.yaml$/.test(name));
    installations = [
      ...(await inTurns(files, async (file) => rendered(file, {}, [`${CHART}/${file}`]))),
      await rendered('values.yaml on AWS', ON_AWS),
      await rendered('values.yaml on kind', ON_KIND),
      ...(await inTurns(combinations(COMBINATIONS), async (values) =>
        rendered(JSON.stringify(values), values),
      )),
    ];
    objects = installations.flatMap((one) => one.objects);
    process.stdout.write(
      `rendered ${installations.length} installations (${files.length + 1} values files, ${COMBINATIONS} combinations): ${objects.length} objects of ${new Set(objects.map(({ kind }) => kind)).size} kinds\n`,
    );
  });

  it('is valid by the published types, has no unknown field, and no unknown key in a custom resource', async () => {
    expect(await problemsOf(objects)).toEqual([]);
  });

  it('uses only kinds and fields that Kubernetes 1.31 has as well', () => {
    const used = new Set(objects.flatMap((object) => fieldsOf(object)));
    expect([...used].filter((field) => !FIELDS_OF_1_31.has(field)).sort()).toEqual([]);
  });

  it('uses every field of the list', () => {
    const used = new Set(objects.flatMap((object) => fieldsOf(object)));
    expect([...FIELDS_OF_1_31].filter((field) => !used.has(field))).toEqual([]);
  });

  it('passes Pod Security "restricted"', () => {
    expect([...new Set(podsOf(objects).flatMap(podSecurityProblems))]).toEqual([]);
  });

  it('has a name of its own within its installation, of at most 63 characters', () => {
    for (const { name, objects: own } of installations) {
      const ids = own.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      expect([name, ids.filter((id, index) => ids.indexOf(id) !== index)]).toEqual([name, []]);
      expect(own.map(({ metadata }) => metadata.name).filter((one) => one.length > 63)).toEqual([]);
    }
  });

  it('carries the recommended labels, those of its release among them', () => {
    const lacking = objects.filter(({ metadata }) =>
      ['name', 'instance', 'version', 'managed-by', 'part-of'].some(
        (label) => !metadata.labels?.[`app.kubernetes.io/${label}`],
      ),
    );
    expect(lacking.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([]);
  });

  it('refers to nothing that neither it nor its values name', () => {
    const dangling = installations.flatMap(({ objects: own }) => danglingOf(own));
    expect([...new Set(dangling)]).toEqual([]);
  });
});

async function rendered(name: string, values: Values, files: readonly string[] = []): Promise<Installation> {
  return { name, objects: (await render(values, { files })).objects };
}

/** ServiceAccounts, own Secrets and authentications of KEDA that are used and not rendered. */
function danglingOf(objects: readonly KubeObject[]): readonly string[] {
  const has = (kind: string, name: string): boolean =>
    objects.some((object) => object.kind === kind && object.metadata.name === name);
  const accounts = podsOf(objects)
    .map(({ spec }) => spec.serviceAccountName)
    .filter((name) => !['default', 'shared'].includes(name) && !has('ServiceAccount', name));
  const secrets = [...JSON.stringify(objects).matchAll(/"secretKeyRef":\{"name":"(demo-[^"]+)"/g)]
    .map(([, name]) => String(name))
    .filter((name) => !has('Secret', name));
  const authentications = objects
    .filter(({ kind }) => kind === 'ScaledObject')
    .flatMap(({ spec }) => (spec as { triggers: { authenticationRef: { name: string } }[] }).triggers)
    .map(({ authenticationRef }) => authenticationRef.name)
    .filter((name) => !has('TriggerAuthentication', name));
  return [...accounts, ...secrets, ...authentications];
}
