import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { toolPath } from '../../tools/kubectl-layer/tool-path';

export const CHART = 'charts/latido';
/** What a cluster with every operator knows besides Kubernetes itself. */
export const OPERATOR_KINDS = [
  'monitoring.coreos.com/v1/PodMonitor',
  'monitoring.coreos.com/v1/ServiceMonitor',
  'monitoring.coreos.com/v1/PrometheusRule',
  'monitoring.coreos.com/v1alpha1/AlertmanagerConfig',
  'gateway.networking.k8s.io/v1/HTTPRoute',
  'keda.sh/v1alpha1/ScaledObject',
  'argoproj.io/v1alpha1/Rollout',
] as const;

const LARGEST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Any values, as they are given with `-f`. */
export type Values = { readonly [key: string]: unknown };

/** An object that was rendered; what of it a test looks at, the test says. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
}

export interface RenderOptions {
  readonly chart?: string;
  readonly release?: string;
  readonly namespace?: string;
  /** Values files, before `values`. */
  readonly files?: readonly string[];
  /** Kinds the cluster knows; by default those of every operator. */
  readonly kinds?: readonly string[];
}

export type Rendered =
  | { readonly outcome: 'rendered'; readonly text: string; readonly objects: readonly KubeObject[] }
  | { readonly outcome: 'refused'; readonly message: string };

/** Runs `helm template` with these values. */
export async function tryRender(values: Values, options: RenderOptions = {}): Promise<Rendered> {
  const { chart = CHART, release = 'demo', namespace = 'shop', files = [], kinds = OPERATOR_KINDS } = options;
  const run = await helm(
    [
      'template',
      release,
      chart,
      '--namespace',
      namespace,
      ...files.flatMap((file) => ['--values', file]),
      ...kinds.flatMap((kind) => ['--api-versions', kind]),
    ],
    values,
  );
  if (run.code !== 0) return { outcome: 'refused', message: run.stderr };
  return { outcome: 'rendered', text: run.stdout, objects: objectsIn(run.stdout) };
}

/** As {@link tryRender}. @throws Error with what helm says when it refuses. */
export async function render(values: Values, options: RenderOptions = {}) {
  const rendered = await tryRender(values, options);
  if (rendered.outcome === 'refused') throw new Error(`${JSON.stringify(values)}\n${rendered.message}`);
  return rendered;
}

/** Runs helm; values, where there are any, go in by a file that is gone afterwards. */
export async function helm(
  args: readonly string[],
  values?: Values,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const program = await toolPath('helm');
  const directory = mkdtempSync(join(tmpdir(), 'latido-values-'));
  const file = join(directory, 'values.json');
  if (values) writeFileSync(file, JSON.stringify(values));
  try {
    return await new Promise((resolve) => {
      execFile(
        program,
        [...args, ...(values ? ['--values', file] : [])],
        { maxBuffer: LARGEST_OUTPUT_BYTES },
        (error, stdout, stderr) => resolve({ code: error ? 1 : 0, stdout, stderr }),
      );
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The objects of a text of several documents; equal documents, of which there are many, are read once. */
function objectsIn(text: string): readonly KubeObject[] {
  return text.split(/^---\n/m).flatMap((document) => {
    const object = known.get(document) ?? (parse(document) as KubeObject | null);
    if (object === null) return [];
    known.set(document, object);
    return [object];
  });
}

const known = new Map<string, KubeObject>();

/** Renders many, two at a time: more would only wait for each other. */
export async function inTurns<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** Values over values; lists and texts replace each other, maps grow together. */
export function merged(...all: readonly Values[]): Values {
  return all.reduce<Values>((result, one) => {
    const entries = Object.entries(one).map(([key, value]) => {
      const before = result[key];
      return [key, isMap(before) && isMap(value) ? merged(before, value) : value];
    });
    return { ...result, ...(Object.fromEntries(entries) as Values) };
  }, {});
}

/** A value at a path: `at('auth.token.value', 'x')` is `{ auth: { token: { value: 'x' } } }`. */
export function at(path: string, value: unknown): Values {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Values;
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
