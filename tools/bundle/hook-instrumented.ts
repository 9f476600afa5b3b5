import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { BUNDLED_MODULE_HOOK, instrumentedModules } from '@latido/observability/tracing';
import type { Plugin } from 'esbuild';
import { packageOf } from '../images/in-build/trace-sources';
import { withoutMap } from './map-only-ours';

/** A bundle being made, and what of it instrumentations patch. */
export interface Hooks {
  readonly plugin: Plugin;
  /** Names of the hooked modules, as the instrumentations know them. */
  readonly hooked: ReadonlySet<string>;
}

/**
 * Instrumentations see a package when it is required, and in a bundle nothing is. So every file that one of them patches
 * ends with a call that hands over what it exports, and takes back what is exported instead.
 */
export function hookInstrumented(root: string): Hooks {
  const names = new Set(instrumentedModules());
  const hooked = new Set<string>();
  const plugin: Plugin = {
    name: 'hook-instrumented',
    setup: (build) => {
      build.onLoad({ filter: filterOf(names) }, ({ path }) => {
        const name = hookNameOf(path, names);
        if (name === undefined) return undefined;
        hooked.add(name);
        return { contents: withoutMap(readFileSync(path, 'utf8') + handOver(name, versionOf(path))) };
      });
      build.onEnd(() => refuseUnhooked(root, { names, hooked }));
    },
  };
  return { plugin, hooked };
}

/**
 * Under which of the names instrumentations know a file: by its path below node_modules, or by its package when it is
 * the file that a require of the package takes.
 */
export function hookNameOf(path: string, names: ReadonlySet<string>): string | undefined {
  const below = belowNodeModules(path);
  if (names.has(below)) return below;
  const name = packageOf(below);
  if (!names.has(name)) return undefined;
  return createRequire(path).resolve(directoryOf(path)) === path ? name : undefined;
}

/** JavaScript at the end of a module. */
export function handOver(name: string, version: string): string {
  const hook = `globalThis[Symbol.for(${JSON.stringify(BUNDLED_MODULE_HOOK)})]`;
  return `\nif (${hook}) module.exports = ${hook}(${JSON.stringify(name)}, ${JSON.stringify(version)}, module.exports);`;
}

/** A service without these would run and say nothing: a bundle that lost them must not be made. */
function refuseUnhooked(
  root: string,
  { names, hooked }: { readonly names: ReadonlySet<string>; readonly hooked: ReadonlySet<string> },
): void {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const lost = [...names].filter((name) => packageOf(name) in dependencies && !hooked.has(name));
  if (lost.length > 0)
    throw new Error(
      `instrumentations patch ${lost.join(', ')}, which the bundle does not have: mend tools/bundle`,
    );
}

function filterOf(names: ReadonlySet<string>): RegExp {
  const packages = [...new Set([...names].map(packageOf))].map((name) => name.replaceAll(/[/.]/g, '\\$&'));
  return new RegExp(`/node_modules/(${packages.join('|')})/.*\\.c?js$`);
}

function directoryOf(path: string): string {
  const below = belowNodeModules(path);
  return path.slice(0, path.length - below.length) + packageOf(below);
}

function versionOf(path: string): string {
  const manifest = readFileSync(join(directoryOf(path), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

function belowNodeModules(path: string): string {
  return path.split(`${sep}node_modules${sep}`).at(-1) ?? path;
}
