import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { PlannedProcess } from './process-plan';

/** One started process: its lines go to `onLine`, its end to `ended`. */
export class Child {
  readonly name: string;
  /** Resolves, never rejects, with words such as `exit code 78` or `signal SIGKILL`. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcess;
  private endedAs: string | undefined;

  constructor(
    planned: PlannedProcess,
    { preloads, onLine }: { readonly preloads: readonly string[]; readonly onLine: (line: string) => void },
  ) {
    this.name = planned.name;
    // A process group of its own: Ctrl-C reaches the launcher alone, which stops everybody in order.
    const required = preloads.flatMap((file) => ['--require', file]);
    this.child = spawn(process.execPath, [...required, planned.script, ...planned.args], {
      env: planned.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on('line', onLine);
    this.ended = new Promise((resolve) => {
      const end = (words: string): void => {
        this.endedAs = words;
        resolve(words);
      };
      this.child.once('error', (error) => end(error.message));
      this.child.once('close', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.endedAs === undefined;
  }

  /** Asks it to stop and waits; one that has not ended by then is killed. */
  async stop({ withinMs }: { readonly withinMs: number }): Promise<void> {
    if (!this.running) return;
    this.child.kill('SIGTERM');
    const impatience = setTimeout(() => this.kill(), withinMs);
    await this.ended;
    clearTimeout(impatience);
  }

  /** Tells one that was loaded with listen-when-told.cjs that it may listen. */
  letListen(): void {
    if (this.child.connected) this.child.send('listen');
  }

  /** Ends it now. */
  kill(): void {
    if (this.running) this.child.kill('SIGKILL');
  }
}
