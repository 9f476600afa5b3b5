import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** A map of the first character and nothing else. */
const NO_MAP = `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64')}`;

/** Leaves packages out of the map: read whole it takes 90 MiB of a process, with our own sources alone 20. */
export function mapOnlyOurs(): Plugin {
  return {
    name: 'map-only-ours',
    setup: (build) => {
      build.onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, ({ path }) => ({
        contents: withoutMap(readFileSync(path, 'utf8')),
      }));
    },
  };
}

/** The source of a package, such that the bundle's map leaves it out. */
export function withoutMap(source: string): string {
  return source + NO_MAP;
}
