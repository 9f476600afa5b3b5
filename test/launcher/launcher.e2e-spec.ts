import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, repositoryRoot, RunningProcess } from '@latido/testing';
import { PORT_VARIABLES } from '../rig/npm-start';

/** Stands in for a service: it is ready at once, says its pid, and says goodbye when asked to stop. */
const SERVICE = `
  const { createServer } = require('node:http');
  const server = createServer((request, response) => response.end());
  server.listen(Number(process.env.PORT), '127.0.0.1');
  console.log(JSON.stringify({ level: 30, msg: 'up', processId: process.pid }));
  process.once('SIGTERM', () => { console.log(JSON.stringify({ level: 30, msg: 'goodbye' })); process.exit(0); });
`;

/** Runs the launcher on a directory as start.cjs does, after its checks and the build. */
const START = `
  const [root, program, ports] = process.argv.slice(1);
  require(program).launch({ root, ports: JSON.parse(ports), env: process.env });
`;

describe('npm start', () => {
  let root: string;
  let ports: Record<string, number>;
  let launchers: RunningProcess[];

  beforeEach(async () => {
    launchers = [];
    root = await mkdtemp(join(tmpdir(), 'latido-'));
    ports = {};
    for (const variable of PORT_VARIABLES) ports[variable] = await freePort();
    for (const app of ['service-a', 'service-b', 'heartbeat-monitor']) {
      await mkdir(join(root, `dist/bundles/${app}`), { recursive: true });
      await writeFile(join(root, `dist/bundles/${app}/main.js`), SERVICE);
    }
    await mkdir(join(root, 'dist/apps'));
    await symlink(join(repositoryRoot(), 'dist/apps/local-aws'), join(root, 'dist/apps/local-aws'));
    await symlink(join(repositoryRoot(), 'tools'), join(root, 'tools'));
  });

  afterEach(async () => {
    for (const launcher of launchers) await launcher.kill('SIGKILL');
    // A killed launcher's children end after it, and may still write their compile cache.
    await expectAllPortsFree();
    await rm(root, { recursive: true, maxRetries: 20 });
  });

  function launch(): RunningProcess {
    const launcher = new RunningProcess({
      script: '-e',
      args: [START, root, join(repositoryRoot(), 'dist/tools/launcher/main.js'), JSON.stringify(ports)],
    });
    launchers.push(launcher);
    return launcher;
  }

  async function saysLine(launcher: RunningProcess, pattern: RegExp): Promise<string> {
    return eventually(
      () => {
        const line = launcher.text.find((text) => pattern.test(text));
        if (line === undefined) throw new Error(`no line like ${pattern} in:\n${launcher.text.join('\n')}`);
        return line;
      },
      { withinMs: 15_000 },
    );
  }

  async function pidOf(launcher: RunningProcess, service: string): Promise<number> {
    const line = await saysLine(launcher, new RegExp(`^${service} .*processId=`));
    return Number(/processId=(\d+)/.exec(line)?.[1]);
  }

  async function expectAllPortsFree(): Promise<void> {
    await eventually(
      async () => {
        for (const port of Object.values(ports)) {
          const server = createServer().listen(port, '127.0.0.1');
          await once(server, 'listening');
          server.close();
        }
      },
      { withinMs: 5_000 },
    );
  }

  test('says that Latido is ready when everything answers, and stops everything in order on SIGTERM', async () => {
    const launcher = launch();
    await saysLine(launcher, /^Latido is ready$/);
    expect(await launcher.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    const last = launcher.text.filter((line) => /goodbye|local_aws_stopped|stopped$/.test(line));
    expect(last.map((line) => line.split(' ')[0])).toEqual([
      expect.stringMatching(/^service-[ab]$/),
      expect.stringMatching(/^service-[ab]$/),
      'heartbeat-monitor',
      'local-aws',
      'latido',
    ]);
    await expectAllPortsFree();
  });

  test('names a process that was killed, and lets the rest go on', async () => {
    const launcher = launch();
    await saysLine(launcher, /^Latido is ready$/);
    process.kill(await pidOf(launcher, 'service-b'), 'SIGKILL');
    await saysLine(
      launcher,
      /service-b ended: signal SIGKILL; still running: local-aws, service-a, heartbeat-monitor/,
    );
    const answer = await fetch(`http://127.0.0.1:${ports['SERVICE_A_PORT']}/health/ready`);
    expect(answer.status).toBe(200);
  });

  test('says that it runs in part when a service does not come up', async () => {
    await writeFile(join(root, 'dist/bundles/service-a/main.js'), 'process.exit(78)');
    const launcher = launch();
    await saysLine(launcher, /service-a ended: exit code 78/);
    await saysLine(launcher, /Latido runs in part/);
    expect(launcher.text).not.toContain('Latido is ready');
  });

  test('forces the end on a second signal when a service does not stop', async () => {
    const deaf = `${SERVICE}\nprocess.removeAllListeners('SIGTERM').on('SIGTERM', () => console.log('no'));`;
    await writeFile(join(root, 'dist/bundles/service-b/main.js'), deaf);
    const launcher = launch();
    await saysLine(launcher, /^Latido is ready$/);
    const exited = launcher.kill('SIGINT');
    await saysLine(launcher, /^service-b .*no$/);
    const insist = setInterval(() => void launcher.kill('SIGINT'), 100);
    expect((await exited).code).toBe(130);
    clearInterval(insist);
    await expectAllPortsFree();
  });

  test('leaves no process behind when the launcher itself is killed', async () => {
    const launcher = launch();
    await saysLine(launcher, /^Latido is ready$/);
    await launcher.kill('SIGKILL');
    await expectAllPortsFree();
  });

  test('names every taken port at once, before it builds or starts anything', async () => {
    const holders = [ports['SERVICE_A_PORT'], ports['LOCAL_AWS_PORT']].map((port) =>
      createServer().listen(port, '127.0.0.1'),
    );
    await Promise.all(holders.map((holder) => once(holder, 'listening')));
    const start = new RunningProcess({
      script: join(repositoryRoot(), 'tools/launcher/start.cjs'),
      env: Object.fromEntries(Object.entries(ports).map(([variable, port]) => [variable, String(port)])),
    });
    expect(await start.exited).toEqual({ code: 78, signal: null });
    expect(start.text).toEqual([
      'Latido cannot start:',
      expect.stringMatching(`port ${ports['SERVICE_A_PORT']} is taken: .*ss -ltnp.*SERVICE_A_PORT=`),
      expect.stringMatching(`port ${ports['LOCAL_AWS_PORT']} is taken: .*LOCAL_AWS_PORT=`),
    ]);
    for (const holder of holders) holder.close();
  });
});
