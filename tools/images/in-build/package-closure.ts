import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What of a package.json says what a package needs. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** An installed package that an app needs. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** Its directory; one package may be installed in several versions. */
  readonly directory: string;
  /** Whether an ES module imports it: then Node takes the twin of its files that is made of ES modules. */
  readonly imported: boolean;
}

/** Types are for compilers; Node never loads them. */
const NEVER_SHIPPED = /^@types\//;

/**
 * The packages that are installed for those named, with everything these need in turn.
 *
 * A peer is taken where the root depends on it itself for production: what a package would use if it were there
 * (a transport, a compiler) stays out when only developers installed it.
 *
 * @throws Error when a package that is needed is not installed.
 */
export function packageClosure(root: string, names: Iterable<string>): readonly ShippedPackage[] {
  const production = new Set(Object.keys(manifestIn(root).dependencies ?? {}));
  const found = new Map<string, ShippedPackage>();
  const waiting = [...names].map((name) => ({ name, from: root, imported: false, needed: true }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const directory = installedFrom(next.from, next.name, root);
    if (directory === undefined) {
      if (next.needed) throw new Error(`${next.name} is not installed for ${next.from}: run "npm ci"`);
      continue;
    }
    const known = found.get(directory);
    if (known !== undefined && (known.imported || !next.imported)) continue;
    const manifest = manifestIn(directory);
    found.set(directory, { ...identity(manifest), directory, imported: next.imported });
    const imported = next.imported || manifest.type === 'module';
    for (const need of needsOf(manifest, production)) waiting.push({ ...need, from: directory, imported });
  }
  return [...found.values()].toSorted((a, b) => a.directory.localeCompare(b.directory));
}

function identity({ name, version }: Manifest): Pick<ShippedPackage, 'name' | 'version'> {
  return { name, version };
}

function needsOf(
  manifest: Manifest,
  production: ReadonlySet<string>,
): readonly { readonly name: string; readonly needed: boolean }[] {
  const optional = Object.keys(manifest.optionalDependencies ?? {});
  const required = Object.keys(manifest.dependencies ?? {}).filter((name) => !optional.includes(name));
  const peers = Object.keys(manifest.peerDependencies ?? {}).filter((name) => production.has(name));
  return [
    ...required.map((name) => ({ name, needed: true })),
    ...[...optional, ...peers].map((name) => ({ name, needed: false })),
  ].filter(({ name }) => !NEVER_SHIPPED.test(name));
}

/** Where Node finds a package from a directory: in the nearest node_modules, going up to the root. */
function installedFrom(from: string, name: string, root: string): string | undefined {
  for (let at = from; at.startsWith(root); at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

function manifestIn(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
}
