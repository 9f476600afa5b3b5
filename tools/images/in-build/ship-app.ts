import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isLoaded, type PackageFacts } from './is-loaded';
import { packageClosure, type ShippedPackage } from './package-closure';
import { traceSources } from './trace-sources';

/** What was put into an image. */
export interface Shipment {
  readonly files: number;
  readonly packages: readonly ShippedPackage[];
}

/**
 * Copies one app, and nothing that it cannot load, from a built repository to a directory that runs by itself:
 *
 *     dist/apps/<app>/src/main.js    and the compiled files it reaches
 *     node_modules/                  the packages these reach, without types, maps, tests, twins
 *     package.json                   name, version, and what `node .` runs
 */
export function shipApp(root: string, app: string, out: string): Shipment {
  const main = `dist/apps/${app}/src/main.js`;
  const shipment = shipEntries(root, [main], out);
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
