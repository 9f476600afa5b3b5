import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { repositoryRoot } from './repository-root';
import { RunningProcess } from './running-process';

/** Stands in for a test process: it starts a process that listens on a port, and never stops it. */
const CARELESS = `
  const [library, port] = process.argv.slice(1);
  const { RunningProcess } = require(library);
  new RunningProcess({ script: '-e', args: ['require("node:net").createServer().listen(' + port + ', "127.0.0.1")'] });
  setInterval(() => {}, 1_000);
`;

async function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

test('what a test process has started ends after it, also when it is killed', async () => {
  const port = await freePort();
  const library = join(repositoryRoot(), 'dist/libs/testing/src/index.js');
  const careless = new RunningProcess({ script: '-e', args: [CARELESS, library, String(port)] });
  await eventually(async () => expect(await canConnect(port)).toBe(true), { withinMs: 20_000 });
  await careless.kill('SIGKILL');
  await eventually(async () => expect(await canConnect(port)).toBe(false), { withinMs: 20_000 });
}, 60_000);
