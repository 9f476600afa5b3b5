import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, RunningProcess, startLocalAws } from '@latido/testing';

/** Two cores that build four images at a time are slow. */
const START_WITHIN_MS = 120_000;
/** What else a first visitor makes a service load. */
const VISITED = ['/health/live', '/health/ready', '/docs', '/info'];

/**
 * In the build of an image: `APP=service-a node warm.js DIRECTORY` runs the shipped app once, against an embedded AWS of its own
 * and with tracing on, so that Node keeps the compiled code of all it loads (in NODE_COMPILE_CACHE, which is valid for
 * this directory, this Node and this user only). A start that fails fails the build.
 */
const [, , directory = ''] = process.argv;
const { APP: app = '', NODE_COMPILE_CACHE: cache = '' } = process.env;
if ([app, cache, directory].includes(''))
  throw new Error('usage: APP=service-a NODE_COMPILE_CACHE=CACHE node warm.js DIRECTORY');
void warm();

async function warm(): Promise<void> {
  await (app === 'local-aws' ? warmLocalAws() : warmService());
  makeReadable(cache);
}

async function warmLocalAws(): Promise<void> {
  const running = new RunningProcess({ script: directory, args: ['--port', '0', '--dynamodb-port', '0'] });
  await running.waitForLog(({ event }) => event === 'local_aws_ready', { withinMs: START_WITHIN_MS });
  await stop(running);
}

async function warmService(): Promise<void> {
  const aws = await startLocalAws();
  const port = await freePort();
  const running = new RunningProcess({
    script: directory,
    env: {
      ...aws.env,
      HOST: '127.0.0.1',
      RPC_HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: '0',
      RPC_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
    },
  });
  await running.waitForLog(({ event }) => event === 'service_ready', { withinMs: START_WITHIN_MS });
  for (const path of VISITED) await fetch(`http://127.0.0.1:${port}${path}`);
  await stop(running);
  await aws.process.kill();
}

async function stop(running: RunningProcess): Promise<void> {
  const { code } = await running.kill();
  if (code !== 0) throw new Error(`${app} did not stop in order (code ${code}):\n${running.tail()}`);
  process.stdout.write(`${app}: started and stopped, its compiled code is kept\n`);
}

/** Node keeps the cache to its user; in the image it belongs to root. */
function makeReadable(place: string): void {
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
