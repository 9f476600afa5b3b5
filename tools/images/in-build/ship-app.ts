import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { BUNDLE, ENTRY, PACKAGES } from '../../bundle/bundle-files';
import type { PackageList } from '../../bundle/bundled-packages';
import { isLoaded, LICENCE, type PackageFacts } from './is-loaded';
import { packageClosure, type ShippedPackage } from './package-closure';
import { traceSources } from './trace-sources';

/** How a service is shipped: as one file, or in the files it was compiled to. */
export type Form = 'bundle' | 'files';

/** What was put into an image. */
export interface Shipment {
  readonly files: number;
  readonly packages: readonly ShippedPackage[];
}

/**
 * Copies one app, and nothing that it cannot load, from a built repository to a directory that runs by itself:
 *
 *     dist/bundles/<app>/            a service in one file; of the packages in it, licence and name below node_modules
 *     dist/apps/<app>/src/main.js    or, where there is no bundle or files are wanted, the compiled files it reaches
 *     node_modules/                  the packages that stay packages, without types, maps, tests, twins
 *     package.json                   name, version, and what `node .` runs
 *
 * @param form - `files` is for the inner loop, in which single compiled files are replaced.
 */
export function shipApp(
  root: string,
  app: string,
  to: { readonly out: string; readonly form: Form },
): Shipment {
  const { out, form } = to;
  const bundle = `dist/bundles/${app}`;
  const isBundle = form === 'bundle' && existsSync(join(root, bundle));
  const main = isBundle ? `${bundle}/${ENTRY}` : `dist/apps/${app}/src/main.js`;
  const shipment = isBundle ? shipBundle(root, bundle, out) : shipEntries(root, [main], out);
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Named;
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ name, version, type: 'commonjs', main })}\n`);
  return shipment;
}

/** What the warm-up needs in a place where nothing else of the repository is: itself, and an embedded AWS to run against. */
export function shipWarmUp(root: string, out: string): void {
  shipEntries(root, ['dist/tools/images/in-build/warm.js', 'dist/apps/local-aws/src/main.js'], out);
  for (const file of ['nest-cli.json', 'tools/launcher/end-with-parent.cjs'])
    copy(join(root, file), join(out, file));
}

function shipBundle(root: string, bundle: string, out: string): Shipment {
  const code = [ENTRY, BUNDLE, `${BUNDLE}.map`];
  for (const file of code) copy(join(root, bundle, file), join(out, bundle, file));
  const list = JSON.parse(readFileSync(join(root, bundle, PACKAGES), 'utf8')) as PackageList;
  for (const { directory } of list.packages) copyLabels(root, join(root, directory), out);
  const outside = packageClosure(root, list.outside);
  for (const shipped of outside) copyPackage(root, shipped, out);
  const inside = list.packages.map((one) => ({
    ...one,
    directory: join(root, one.directory),
    imported: false,
  }));
  const apart = new Set(outside.map(({ directory }) => directory));
  return {
    files: code.length,
    packages: [...outside, ...inside.filter(({ directory }) => !apart.has(directory))],
  };
}

/** Who a package is and under which licence: what must travel with its code, wherever that is. */
function copyLabels(root: string, directory: string, out: string): void {
  for (const path of filesBelow(directory))
    if (path === 'package.json' || LICENCE.test(path))
      copy(join(directory, path), join(out, relative(root, directory), path));
}

function shipEntries(root: string, entries: readonly string[], out: string): Shipment {
  const reaches = entries.map((entry) => traceSources(join(root, entry)));
  const files = new Set(reaches.flatMap((reach) => [...reach.files]));
  for (const file of files) copy(file, join(out, relative(root, file)));
  const packages = packageClosure(root, new Set(reaches.flatMap((reach) => [...reach.packages])));
  for (const shipped of packages) copyPackage(root, shipped, out);
  return { files: files.size, packages };
}

interface Named {
  readonly name: string;
  readonly version: string;
  /** Some packages have no text here. */
  readonly main?: unknown;
}

function copyPackage(root: string, { directory, imported }: ShippedPackage, out: string): void {
  const facts = factsOf(directory, imported);
  for (const path of filesBelow(directory))
    if (isLoaded(path, facts)) copy(join(directory, path), join(out, relative(root, directory), path));
}

function factsOf(directory: string, imported: boolean): PackageFacts {
  const { main } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Named;
  return {
    main: typeof main === 'string' ? main.replace(/^\.\//, '') : 'index.js',
    imported,
    platform: `${process.platform}-${process.arch}`,
  };
}

/** Without the packages that are installed inside it: these are shipped for themselves. */
function filesBelow(directory: string, below = ''): readonly string[] {
  return readdirSync(join(directory, below), { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [below + entry.name];
    return entry.name === 'node_modules' ? [] : filesBelow(directory, `${below}${entry.name}/`);
  });
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  if (!existsSync(to)) cpSync(from, to, { dereference: true });
}
