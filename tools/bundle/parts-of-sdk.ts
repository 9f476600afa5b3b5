import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Compiled from libs/observability/src/tracing/sdk-parts.ts: the one file of ours that looks packages up by their place. */
const FILE = /\/tracing\/sdk-parts\.js$/;
const PLACE = /^const (part|partOfTracer) = .*$/gm;
const PART = /\b(part|partOfTracer)\('([^']+)'\)/g;

/** Resolves the parts of the SDK when the bundle is made, so that they are in it. */
export function partsOfSdk(root: string): Plugin {
  const from = createRequire(join(root, 'package.json'));
  const part = createRequire(from.resolve('@opentelemetry/sdk-node'));
  const partOfTracer = createRequire(part.resolve('@opentelemetry/sdk-trace'));
  const places: Readonly<Record<string, NodeJS.Require>> = { part, partOfTracer };
  return {
    name: 'parts-of-sdk',
    setup: (build) => {
      build.onLoad({ filter: FILE }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (source.search(PART) === -1)
          throw new Error(`${path} looks up no parts any more: mend tools/bundle`);
        return {
          contents: source.replaceAll(PLACE, '').replaceAll(PART, (_all, place: string, name: string) => {
            return `require(${JSON.stringify(places[place]?.resolve(name))})`;
          }),
        };
      });
    },
  };
}
