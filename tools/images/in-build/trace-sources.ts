import { existsSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';

/** What one compiled entry needs to run. */
export interface Reach {
  /** Compiled files of ours, as absolute paths. */
  readonly files: ReadonlySet<string>;
  /** Names of the packages of others that they require. */
  readonly packages: ReadonlySet<string>;
}

/** The compiler writes each require and import() with a literal, lazy ones inside functions too; parts of a package are found by its place. */
const REQUIRED = /\b(?:require|require\.resolve|import)\((["'])([^"'\n]+)\1\)/g;
/** Comments are kept by the compiler, and examples in them require what does not exist. */
const COMMENT_LINES = /^\s*(\*|\/\*|\/\/).*$/gm;

/**
 * Follows every require of a compiled entry, through our own files up to the packages of others.
 * @throws Error when one of our own files requires a file that does not exist.
 */
export function traceSources(entry: string): Reach {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    if (!file.endsWith('.js')) continue;
    for (const name of requiredBy(readFileSync(file, 'utf8')))
      if (name.startsWith('.')) waiting.push(fileOf(join(dirname(file), name), file));
      else if (!isBuiltin(name)) packages.add(packageOf(name));
  }
  return { files, packages };
}

/** The names a compiled file requires or imports. */
export function requiredBy(source: string): readonly string[] {
  return [...source.replaceAll(COMMENT_LINES, '').matchAll(REQUIRED)].map(([, , name]) => name!);
}

/** `@scope/name` of `@scope/name/deep/file`. */
export function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

function isBuiltin(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}

function fileOf(path: string, requiredFrom: string): string {
  const found = [path, `${path}.js`, join(path, 'index.js')].find(
    (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
  );
  if (found === undefined)
    throw new Error(`${requiredFrom} requires ${path}, which was not built: run "npm run build"`);
  return found;
}
