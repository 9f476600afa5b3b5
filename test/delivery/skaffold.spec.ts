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
      executionMode: closed({ kubernetesCluster: closed({ jobManifestPath: text }) }),
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

const yaml = (file: string): unknown => parse(readFileSync(file, 'utf8'));
const skaffold = yaml('skaffold.yaml') as Skaffold;
const serviceA = topology.services.find(({ name }) => name === 'service-a');
const values = yaml('charts/latido/values.yaml') as Record<string, unknown>;
const images = APPS.toSorted();

describe('skaffold.yaml', () => {
  test('uses only what skaffold knows', () => {
    expect(problemsOf(schema, skaffold)).toEqual([]);
  });

  test('builds every image, in the profile that copies files too', () => {
    const dev = skaffold.profiles.find(({ name }) => name === 'dev');
    for (const part of [skaffold, dev])
      expect(part?.build?.artifacts?.map(({ image }) => image).toSorted()).toEqual(images);
  });

  test('names images so that skaffold, which escapes slashes, pushes them to the repositories that infra makes', () => {
    const stack = readFileSync('infra/src/images-stack.ts', 'utf8');
    expect(stack).toContain('`latido/${app}`');
    expect(readFileSync('skaffold.yaml', 'utf8')).toContain('amazonaws.com/latido and');
    for (const image of images) expect(image).toMatch(/^[a-z-]+$/);
  });

  test('restarts the embedded AWS in the inner loop only when it changes itself', () => {
    const dev = skaffold.profiles.find(({ name }) => name === 'dev');
    const { custom, docker: rebuilt } =
      dev?.build?.artifacts?.find(({ image }) => image === 'local-aws') ?? {};
    expect(rebuilt).toBeUndefined();
    const watched = custom?.dependencies.paths.filter((path) => /^(apps|libs|tools|dist)/.test(path));
    expect(watched).toEqual(['apps/local-aws/src/**/*.ts']);
  });

  test('lets the pod of verify, and nobody else, ask the API of service-a', () => {
    const [{ executionMode } = { executionMode: undefined }] = skaffold.verify;
    const job = yaml(executionMode?.kubernetesCluster.jobManifestPath ?? '') as Job;
    const { networkPolicy } = yaml('k8s/skaffold/values.yaml') as PolicyValues;
    expect(skaffold.deploy.helm.releases[0]?.valuesFiles).toContain('k8s/skaffold/values.yaml');
    expect(networkPolicy.extraIngress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': job.metadata.namespace } },
            podSelector: { matchLabels: job.spec.template.metadata.labels },
          },
        ],
        ports: [{ port: serviceA?.ports.http, protocol: 'TCP' }],
      },
    ]);
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
  readonly verify: readonly {
    readonly executionMode: { readonly kubernetesCluster: { readonly jobManifestPath: string } };
  }[];
  readonly profiles: readonly { readonly name: string; readonly build?: Build }[];
}

interface Job {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly template: { readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
  };
}

interface PolicyValues {
  readonly networkPolicy: { readonly extraIngress: readonly object[] };
}

interface Build {
  readonly artifacts?: readonly {
    readonly image: string;
    readonly docker?: object;
    readonly custom?: { readonly dependencies: { readonly paths: readonly string[] } };
    readonly sync?: { readonly manual: readonly { readonly src: string; readonly dest: string }[] };
  }[];
}
