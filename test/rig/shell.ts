import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** Runs a command as a person pastes it, and gives what it printed. */
export async function inShell(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { timeout: 30_000 });
  return stdout;
}

/** A command that never ends by itself; its lines come as they are printed. */
export class EndlessCommand {
  readonly lines: string[] = [];
  private readonly child: ChildProcess;

  constructor(command: string) {
    this.child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    if (this.child.stdout)
      createInterface({ input: this.child.stdout }).on('line', (line) => this.lines.push(line));
  }

  /** Ctrl-C. */
  interrupt(): void {
    if (this.child.pid !== undefined && this.child.exitCode === null) process.kill(-this.child.pid, 'SIGINT');
  }
}
