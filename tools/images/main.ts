import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { runCommand } from '../command/run-command';
import { HELP, type ImagesOptions, parseImagesCommand } from './command-line';
import { buildArguments, findImageTool, type ImageTool } from './image-tool';
import { judgeWeight, Scale } from './weight';

const NOT_WEIGHED = { within: true, text: 'not weighed' };

void runCommand({ help: HELP, parse: parseImagesCommand, run: buildAll });

async function buildAll(options: ImagesOptions): Promise<void> {
  const tool = findImageTool(options.tool);
  const base = options.base ?? defaultBase();
  process.stdout.write(`Building with ${tool.name} on ${base}\n`);
  const revision = sourceRevision();
  const scale = new Scale(tool, base);
  const lines: string[] = [];
  let tooLarge = 0;
  for (const app of options.apps) {
    const image = `${options.repository}/${app}:${options.tag}`;
    const startedAtMs = Date.now();
    build(tool, { app, image, base: options.base, version: options.version ?? packageVersion(), revision });
    const { within, text } = options.weigh ? judgeWeight(await scale.weigh(image), base) : NOT_WEIGHED;
    if (!within) tooLarge += 1;
    lines.push(`${within ? 'ok ' : 'TOO LARGE '}${image}   ${text}   ${seconds(startedAtMs)} s`);
    process.stdout.write(`${lines.at(-1)}\n`);
  }
  process.stdout.write(`\n${lines.join('\n')}\n`);
  if (tooLarge > 0) throw new Error(`${tooLarge} images are above their budget`);
}

function build(tool: ImageTool, request: Omit<Parameters<typeof buildArguments>[1], 'flags'>): void {
  const args = buildArguments(tool, { ...request, flags: process.env['BUILD_FLAGS'] ?? '' });
  process.stdout.write(`\n${tool.name} ${args.join(' ')}\n`);
  const { status } = spawnSync(tool.name, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${request.image} was not built; what ${tool.name} said is above`);
}

function packageVersion(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }).version;
}

/** Where git is not there, such as in an unpacked archive, the revision stays unknown. */
function sourceRevision(): string {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'unknown';
}

function defaultBase(): string {
  const found = /^ARG BASE_IMAGE=(.+)$/m.exec(readFileSync('Dockerfile', 'utf8'))?.[1];
  if (found === undefined)
    throw new Error('the Dockerfile has no ARG BASE_IMAGE: name the base by --base IMAGE');
  return found;
}

function seconds(sinceMs: number): string {
  return ((Date.now() - sinceMs) / 1000).toFixed(0);
}
