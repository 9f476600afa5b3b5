import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually, freePort, repositoryRoot, RunningProcess } from '@latido/testing';
import { PORT_VARIABLES } from '../rig/npm-start';

/** Real processes take their time on a machine that has other work. */
jest.setTimeout(180_000);
const WITHIN = { withinMs: 90_000 };

/** A service as small as can be: it answers every request with its pid and what another file says. */
const MAIN = `
import { createServer } from 'node:http';
import { word } from './word';
createServer((request, response) => response.end(JSON.stringify({ word, pid: process.pid })))
  .listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
`;
const word = (said: string): string => `export const word = '${said}';\n`;

const START = `
  const [root, program, ports] = process.argv.slice(1);
  require(program).launch({ root, ports: JSON.parse(ports), watch: true, env: process.env });
`;

const SERVICES = ['service-a', 'service-b', 'heartbeat-monitor'];

describe('npm run dev', () => {
  let root: string;
  let ports: Record<string, number>;
  let launcher: RunningProcess;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'latido-dev-'));
    ports = {};
    for (const variable of PORT_VARIABLES) ports[variable] = await freePort();
    await mkdir(join(root, 'libs'));
    for (const service of SERVICES) {
      await save(`apps/${service}/src/main.ts`, MAIN);
      await save(`apps/${service}/src/word.ts`, word('old'));
      await save(`dist/apps/${service}/src/main.js`, compiledMain());
      await save(`dist/apps/${service}/src/word.js`, `exports.word = 'old';`);
    }
    await save('tsconfig.build.json', '{"compilerOptions":{"types":[]},"include":["apps"]}');
    await symlink(join(repositoryRoot(), 'dist/apps/local-aws'), join(root, 'dist/apps/local-aws'));
    for (const place of ['tools', 'node_modules'])
      await symlink(join(repositoryRoot(), place), join(root, place));
    launcher = new RunningProcess({
      script: '-e',
      args: [START, root, join(repositoryRoot(), 'dist/tools/launcher/main.js'), JSON.stringify(ports)],
    });
    await says(/watching apps and libs/);
  });

  afterEach(async () => {
    await launcher.kill('SIGTERM');
    await rm(root, { recursive: true, maxRetries: 20 });
  });

  async function save(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }

  async function says(pattern: RegExp): Promise<void> {
    await eventually(() => expect(launcher.text.join('\n')).toMatch(pattern), WITHIN);
  }

  async function ask(port: 'SERVICE_A_PORT' | 'SERVICE_B_PORT'): Promise<{ word: string; pid: number }> {
    const answer = await fetch(`http://127.0.0.1:${ports[port]}/`);
    return (await answer.json()) as { word: string; pid: number };
  }

  async function expectServed(said: string): Promise<void> {
    await eventually(async () => expect((await ask('SERVICE_A_PORT')).word).toBe(said), WITHIN);
  }

  test('serves a source that was saved, and starts no service again that does not load it', async () => {
    const [before, neighbour] = [await ask('SERVICE_A_PORT'), await ask('SERVICE_B_PORT')];
    expect(before.word).toBe('old');
    await save('apps/service-a/src/word.ts', word('new'));
    await expectServed('new');
    await says(/service-a serves \d+ ms after the save/);
    expect((await ask('SERVICE_A_PORT')).pid).not.toBe(before.pid);
    expect(await ask('SERVICE_B_PORT')).toEqual(neighbour);
  });

  test('keeps serving when a source is no TypeScript, says where, and serves it once it is mended', async () => {
    await save('apps/service-a/src/word.ts', 'export const word = ;');
    await says(/not compiled: [^]*word\.ts/);
    expect((await ask('SERVICE_A_PORT')).word).toBe('old');
    await save('apps/service-a/src/word.ts', word('mended'));
    await expectServed('mended');
  });

  test('serves a source with a wrong type, and tells of the type', async () => {
    await save('apps/service-a/src/word.ts', `export const word: number = 'wrong';\n`);
    await expectServed('wrong');
    await says(/word\.ts.*error TS2322/);
    expect(await readFile(join(root, 'dist/apps/service-a/src/word.js'), 'utf8')).toContain('wrong');
  });
});

/** What the build makes of MAIN. */
function compiledMain(): string {
  return MAIN.replaceAll(/import (\{ \w+ \}) from ('[^']+');/g, 'const $1 = require($2);');
}
