import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { parse } from 'yaml';

const directory = join(repositoryRoot(), 'k8s/otel-collector');

/** Top-level values that the chart knows and these files may use; it refuses others by its schema. */
const KNOWN_VALUES = new Set([
  'mode',
  'fullnameOverride',
  'replicaCount',
  'image',
  'serviceAccount',
  'ports',
  'resources',
  'presets',
  'config',
]);

interface Values {
  readonly image: { readonly repository: string };
  readonly config: Readonly<Record<Kind, Readonly<Record<string, unknown>>>> & {
    readonly service: {
      readonly pipelines: Readonly<Record<string, Readonly<Record<Kind, readonly string[]>> | null>>;
    };
  };
}

type Kind = 'receivers' | 'processors' | 'exporters';

/** As Helm lays one file of values over another: maps are merged, everything else is replaced. */
function over(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above;
  const merged = Object.entries(above).map(([key, value]) => [key, over(below[key], value)]);
  return { ...below, ...Object.fromEntries(merged) };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const read = (file: string): unknown => parse(readFileSync(join(directory, file), 'utf8'));

describe.each(['values-tempo.yaml', 'values-xray.yaml'])('k8s/otel-collector/%s', (file) => {
  const values = over(read('values.yaml'), read(file)) as Values;

  it('uses values of the chart only', () => {
    expect(Object.keys(values).filter((key) => !KNOWN_VALUES.has(key))).toEqual([]);
  });

  it('configures every part of its one pipeline, limits memory first, and nothing besides', () => {
    const { pipelines } = values.config.service;
    const kept = Object.entries(pipelines).flatMap(([name, pipeline]) =>
      pipeline ? [[name, pipeline] as const] : [],
    );
    expect(kept.map(([name]) => name)).toEqual(['traces']);
    const [, traces] = kept[0]!;
    for (const kind of ['receivers', 'processors', 'exporters'] as const) {
      const configured = Object.entries(values.config[kind]).filter(([, part]) => part !== null);
      expect(configured.map(([name]) => name).toSorted()).toEqual(traces[kind].toSorted());
    }
    expect(traces.processors[0]).toBe('memory_limiter');
  });

  it('takes an image that has its exporter', () => {
    const needsContrib = 'awsxray' in values.config.exporters;
    expect(values.image.repository).toBe(
      needsContrib ? 'otel/opentelemetry-collector-contrib' : 'otel/opentelemetry-collector-k8s',
    );
  });
});
