import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the Dockerfile copies, and itself; .dockerignore leaves out the rest. */
const COPIED = [
  'Dockerfile',
  'package.json',
  'package-lock.json',
  '.npmrc',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'apps',
  'libs',
  'tools',
];
const LEFT_OUT = /^(node_modules|dist)$|\.(spec|int-spec|e2e-spec)\.ts$|\.md$/;
const CHARACTERS = 12;

/**
 * The tag of images that are built from the sources in a directory: another one when a source is another.
 *
 * Under one fixed tag the values of a release would stay the same, and with them the pods and their code of before.
 * @returns e.g. `dev-0f3a9c2b71de`
 */
export function sourceTag(root: string): string {
  const hash = createHash('sha256');
  for (const path of COPIED.flatMap((one) => filesBelow(root, one)))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  return `dev-${hash.digest('hex').slice(0, CHARACTERS)}`;
}

function filesBelow(root: string, path: string): readonly string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  const children = readdirSync(full).filter((name) => !LEFT_OUT.test(name));
  return children.toSorted().flatMap((name) => filesBelow(root, `${path}/${name}`));
}
