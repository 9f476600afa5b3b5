import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { eventually, freePort, repositoryRoot } from '@latido/testing';

/** What the launcher takes its ports from. */
export const PORT_VARIABLES = [
  'SERVICE_A_PORT',
  'SERVICE_A_METRICS_PORT',
  'SERVICE_B_PORT',
  'SERVICE_B_METRICS_PORT',
  'SERVICE_B_RPC_PORT',
  'HEARTBEAT_MONITOR_PORT',
  'HEARTBEAT_MONITOR_METRICS_PORT',
  'LOCAL_AWS_PORT',
  'LOCAL_AWS_DYNAMODB_PORT',
] as const;

export type Ports = Readonly<Record<(typeof PORT_VARIABLES)[number], number>>;

/** `npm start` as a person runs it in a terminal: a process group of its own, which Ctrl-C reaches as a whole. */
export class NpmStart {
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  private hasEnded = false;

  private constructor(
    readonly ports: Ports,
    settings: Readonly<Record<string, string>>,
  ) {
    const variables = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
    this.child = spawn('npm', ['start'], {
      cwd: repositoryRoot(),
      env: { ...process.env, ...variables, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.ended = once(this.child, 'close').then(() => (this.hasEnded = true));
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.lines.push(line));
  }

  /** Runs it on free ports. */
  static async run(settings: Readonly<Record<string, string>>): Promise<NpmStart> {
    const ports = await Promise.all(PORT_VARIABLES.map(async (name) => [name, await freePort()] as const));
    return new NpmStart(Object.fromEntries(ports) as Ports, settings);
  }

  /** The first line, past or future, that looks like this; fails at once when it ended without. */
  async says(pattern: RegExp, { withinMs }: { readonly withinMs: number }): Promise<string> {
    const line = await eventually(
      () => {
        const found = this.lines.find((text) => pattern.test(text));
        if (found === undefined && !this.hasEnded) throw new Error(this.missing(pattern));
        return found;
      },
      { withinMs },
    );
    if (line === undefined) throw new Error(this.missing(pattern));
    return line;
  }

  /** Ctrl-C. Resolves when npm and all it started have ended. */
  async interrupt(): Promise<void> {
    process.kill(-(this.child.pid ?? 0), 'SIGINT');
    await this.ended;
  }

  /** Ends it, whatever state it is in. */
  async kill(): Promise<void> {
    if (!this.hasEnded) process.kill(-(this.child.pid ?? 0), 'SIGKILL');
    await this.ended;
  }

  /** Waits until all its ports can be taken by others. */
  async portsAreFree(): Promise<void> {
    await eventually(
      async () => {
        for (const port of Object.values(this.ports)) {
          const server = createServer().listen(port, '127.0.0.1');
          await once(server, 'listening');
          server.close();
          await once(server, 'close');
        }
      },
      { withinMs: 5_000 },
    );
  }

  tail(): string {
    return this.lines.slice(-30).join('\n');
  }

  private missing(pattern: RegExp): string {
    return `no line like ${pattern}; it said last:\n${this.tail()}`;
  }
}
