import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The directory with nest-cli.json above this file, whether it runs from its source or from dist. */
export function repositoryRoot(from: string = __dirname): string {
  if (existsSync(join(from, 'nest-cli.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error(`no nest-cli.json in any directory above ${__dirname}`);
  return repositoryRoot(parent);
}
