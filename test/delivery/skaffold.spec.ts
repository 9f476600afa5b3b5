import { existsSync, readFileSync } from 'node:fs';
import { topology } from '@latido/topology';
import { parse } from 'yaml';
import { APPS } from '../../tools/images/command-line';
import { closed, count, flag, listOf, problemsOf, text, texts } from './closed-schema';

/**
 * What skaffold.yaml uses of skaffold/v4beta13, closed: a misspelt key fails. Written by hand; the file was also held
 * against the published schema of v4beta13 when it was made.
 */
const docker = closed({ dockerfile: text, buildArgs: texts, 'target?': text });
const artifact = closed({
  image: text,
  'docker?': docker,
  'custom?': closed({ buildCommand: text, dependencies: closed({ paths: listOf(text) }) }),
  'sync?': closed({ manual: listOf(closed({ src: text, dest: text })) }),
});
const build = closed({
  'tagPolicy?': closed({ inputDigest: closed({}) }),
  'local?': closed({ 'useBuildkit?': flag, 'concurrency?': count, 'push?': flag }),
  'artifacts?': listOf(artifact),
});
const deploy = closed({
  helm: closed({
    releases: listOf(
      closed({
        name: text,
        namespace: text,
        'createNamespace?': flag,
        chartPath: text,
        wait: flag,
        valuesFiles: listOf(text),
        setValueTemplates: texts,
      }),
    ),
  }),
});
const schema = closed({
  apiVersion: { const: 'skaffold/v4beta13' },
  kind: { const: 'Config' },
  metadata: closed({ name: text }),
  build,
  deploy,
  portForward: listOf(
    closed({
      resourceType: { const: 'service' },
      resourceName: text,
      namespace: text,
      port: count,
      localPort: count,
    }),
  ),
  verify: listOf(
    closed({
      name: text,
      timeout: count,
      executionMode: closed({ kubernetesCluster: closed({}) }),
      container: closed({ name: text, image: text, command: listOf(text), args: listOf(text) }),
    }),
  ),
  profiles: listOf(
    closed({
      name: text,
      'activation?': listOf(closed({ kubeContext: text })),
      'build?': build,
      'deploy?': deploy,
      'patches?': listOf(
        closed({ op: { enum: ['add', 'remove'] }, path: text, 'value?': { type: 'object' } }),
      ),
    }),
  ),
});

const skaffold = parse(readFileSync('skaffold.yaml', 'utf8')) as Skaffold;
const values = parse(readFileSync('charts/latido/values.yaml', 'utf8')) as Record<string, unknown>;
const images = APPS.map((app) => `latido/${app}`).toSorted();

describe('skaffold.yaml', () => {
  test('uses only what skaffold knows', () => {
    expect(problemsOf(schema, skaffold)).toEqual([]);
  });

  test('builds every image, in the profile that copies files too', () => {
    const dev = skaffold.profiles.find(({ name }) => name === 'dev');
    for (const part of [skaffold, dev])
      expect(part?.build?.artifacts?.map(({ image }) => image).toSorted()).toEqual(images);
  });

  test('copies compiled files of what it watches to where the image has them', () => {
    const dev = skaffold.profiles.find(({ name }) => name === 'dev');
    for (const { custom, sync } of dev?.build?.artifacts?.filter((one) => one.sync !== undefined) ?? [])
      for (const { src, dest } of sync?.manual ?? []) {
        expect(custom?.dependencies.paths).toContain(src);
        expect(dest).toBe(/^WORKDIR (\/app)$/m.exec(readFileSync('Dockerfile', 'utf8'))?.[1]);
      }
  });

  test('starts a target that the Dockerfile has', () => {
    const targets = [...readFileSync('skaffold.yaml', 'utf8').matchAll(/--target (\S+)/g)].map(
      ([, name]) => name,
    );
    expect(targets).toEqual(['dev']);
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/^FROM runtime AS dev$/m);
  });

  test('installs with files and values that the chart has', () => {
    for (const { valuesFiles, setValueTemplates } of skaffold.deploy.helm.releases) {
      for (const file of valuesFiles) expect([file, existsSync(file)]).toEqual([file, true]);
      for (const path of Object.keys(setValueTemplates)) {
        const [component = '', ...rest] = path.split('.');
        expect([path, component in values, at(values['defaults'], rest)]).toEqual([path, true, '']);
      }
    }
  });

  test('forwards the ports of the contract', () => {
    const forwarded = skaffold.portForward.map(({ resourceName, port, localPort }) => [
      resourceName,
      port,
      localPort,
    ]);
    expect(forwarded).toEqual(
      topology.services.map(({ name, ports }) => [`latido-${name}`, ports.http, ports.http]),
    );
  });
});

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

interface Skaffold {
  readonly build: Build;
  readonly deploy: {
    readonly helm: {
      readonly releases: readonly {
        readonly valuesFiles: readonly string[];
        readonly setValueTemplates: Readonly<Record<string, string>>;
      }[];
    };
  };
  readonly portForward: readonly {
    readonly resourceName: string;
    readonly port: number;
    readonly localPort: number;
  }[];
  readonly profiles: readonly { readonly name: string; readonly build?: Build }[];
}

interface Build {
  readonly artifacts?: readonly {
    readonly image: string;
    readonly custom?: { readonly dependencies: { readonly paths: readonly string[] } };
    readonly sync?: { readonly manual: readonly { readonly src: string; readonly dest: string }[] };
  }[];
}
