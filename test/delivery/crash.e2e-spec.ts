import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';

const SCRIPT = readFileSync(join(repositoryRoot(), 'k8s/crash.js'), 'utf8');
/** Stops as our services do: by a goodbye when it is told to. */
const POLITE = `
  process.on('SIGTERM', () => { console.log('goodbye'); process.exit(); });
  process.on('exit', () => console.log('exit'));
  setInterval(() => undefined, 1_000);
  console.log('runs');
`;

describe('k8s/crash.js', () => {
  let victim: ChildProcess;

  afterEach(() => victim.kill('SIGKILL'));

  it('ends a process that would say goodbye without one', async () => {
    const port = await freePort();
    victim = spawn(process.execPath, [`--inspect-port=${port}`, '-e', POLITE], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    victim.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
    await once(victim.stdout!, 'data');
    const ended = once(victim, 'exit');

    const env = { ...process.env, CRASH_PID: String(victim.pid), CRASH_INSPECTOR_PORT: String(port) };
    const crash = spawn(process.execPath, ['-'], { env, stdio: ['pipe', 'ignore', 'inherit'] });
    crash.stdin.end(SCRIPT);
    await once(crash, 'exit');

    expect(await ended).toEqual([null, 'SIGABRT']);
    expect(said).toBe('runs\n');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
