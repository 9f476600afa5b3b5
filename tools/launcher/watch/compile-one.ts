import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Options } from '@swc/core';

/** A require of another library of ours, which only the compiler knows by this name. */
const OWN_LIBRARY = /require\("@latido\/([^/"]+)(?:\/([^"]+))?"\)/g;

/**
 * Compiles one source file to where the build puts it, without looking at types: milliseconds instead of seconds.
 * @returns the compiled file.
 * @throws Error when the file is not TypeScript; its message shows the place.
 */
export async function compileOne(root: string, file: string): Promise<string> {
  // Only here, because swc is for developers and a plain `npm start` does without.
  const { transform } = await import('@swc/core');
  const options = require(join(root, 'tools/jest/swc-options.cjs')) as Options;
  const { code } = await transform(readFileSync(join(root, file), 'utf8'), {
    ...options,
    filename: join(root, file),
    sourceMaps: false,
  });
  const compiled = join(root, 'dist', file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(compiled), { recursive: true });
  writeFileSync(compiled, withPathsOfLibraries(code, dirname(file)));
  return compiled;
}

/** As the build does it: `@latido/messaging/nest` becomes the way from the file to libs/messaging/src/nest. */
export function withPathsOfLibraries(code: string, directory: string): string {
  return code.replaceAll(OWN_LIBRARY, (_all, library: string, entry: string | undefined) => {
    const target = ['libs', library, 'src', ...(entry === undefined ? [] : [entry])].join('/');
    const way = relative(directory, target);
    return `require("${way.startsWith('.') ? way : `./${way}`}")`;
  });
}
