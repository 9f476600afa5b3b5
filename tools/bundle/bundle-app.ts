import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { packageOf } from '../images/in-build/trace-sources';
import { BUNDLE, ENTRY, PACKAGES } from './bundle-files';
import { bundledPackages, type BundledPackage } from './bundled-packages';
import { entrySource } from './entry-source';
import { hookInstrumented } from './hook-instrumented';
import { leaveOutMissing } from './leave-out-missing';
import { mapOnlyOurs } from './map-only-ours';
import { NOT_BUNDLED } from './not-bundled';
import { partsOfSdk } from './parts-of-sdk';

const KEY_LENGTH = 16;

/** What became one file. */
export interface Bundle {
  readonly app: string;
  readonly file: string;
  readonly modules: number;
  readonly packages: readonly BundledPackage[];
  /** Files that hand themselves over to the instrumentations as they load. */
  readonly hooked: number;
}

/**
 * Makes dist/bundles/<app> of dist/apps/<app>: one file with all that a start would otherwise look for, read and link in two
 * thousand pieces. It runs the same code in the same order: each module is still evaluated when it is first required.
 */
export async function bundleApp(root: string, app: string): Promise<Bundle> {
  const directory = join(root, 'dist/bundles', app);
  rmSync(directory, { recursive: true, force: true });
  const hooks = hookInstrumented(root);
  const { metafile } = await build({
    entryPoints: [join(root, `dist/apps/${app}/src/main.js`)],
    outfile: join(directory, BUNDLE),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // The files that Node itself would require, and no twins of them for bundlers.
    conditions: [],
    // Names are kept for stack traces and for Nest; blanks and comments would be memory.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'error',
    external: [...NOT_BUNDLED],
    // Node requires ES modules too, and a script with a cache of its own cannot import.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: 'const bundleUrl=require("node:url").pathToFileURL(__filename).href;' },
    plugins: [leaveOutMissing(), partsOfSdk(root), hooks.plugin, mapOnlyOurs()],
  });
  return finish({ root, app, directory, metafile, hooked: hooks.hooked.size });
}

function finish(built: {
  readonly root: string;
  readonly app: string;
  readonly directory: string;
  readonly metafile: Metafile;
  readonly hooked: number;
}): Bundle {
  const { root, app, directory, metafile, hooked } = built;
  const inputs = Object.keys(metafile.inputs);
  const packages = bundledPackages(root, inputs);
  const outside = NOT_BUNDLED.filter((name) => requiredFrom(metafile).has(name));
  writeFileSync(join(directory, ENTRY), entrySource(keyOf(join(directory, BUNDLE))));
  writeFileSync(join(directory, PACKAGES), `${JSON.stringify({ packages, outside }, undefined, 1)}\n`);
  return { app, file: join(directory, BUNDLE), modules: inputs.length, packages, hooked };
}

function keyOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, KEY_LENGTH);
}

/** Names of the packages that the bundle requires as it runs. */
function requiredFrom({ outputs }: Metafile): ReadonlySet<string> {
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  return new Set(imports.filter(({ external }) => external).map(({ path }) => packageOf(path)));
}
