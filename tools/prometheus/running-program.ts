import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { findProgram, type WantedProgram } from './find-program';

/**
 * Runs a program under a shell that ends it as soon as our end of the pipe is closed: however this process
 * ends, by kill -9 too, nothing stays behind.
 */
const GUARD =
  'exec 3<&0; "$0" "$@" </dev/null 3<&- & program=$!; ' +
  '{ read -r _; kill "$program"; } <&3 >/dev/null 2>&1 & exec 3<&-; wait "$program"';
const LINES_KEPT = 200;
const STOPS_WITHIN_MS = 10_000;

/** A program that is not Node, with what it said at hand. Made by {@link RunningProgram.start}. */
export class RunningProgram {
  /** Resolves, never rejects, when it has ended, with what it said last. */
  readonly ended: Promise<string>;
  private readonly lines: string[] = [];
  private readonly voice = new EventEmitter<{ line: [string] }>();
  private readonly child: ChildProcess;

  private constructor(
    private readonly name: string,
    path: string,
    args: readonly string[],
  ) {
    // A process group of its own: Ctrl-C reaches us alone, who stop it in order.
    this.child = spawn('sh', ['-c', GUARD, path, ...args], { detached: true });
    this.ended = once(this.child, 'exit').then(() => this.tail());
    // It may be gone before we hang up.
    this.child.stdin?.on('error', () => undefined);
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.hear(line));
  }

  /** @throws MissingProgramError with what to install when it is not there. */
  static async start(wanted: WantedProgram, args: readonly string[]): Promise<RunningProgram> {
    return new RunningProgram(wanted.name, await findProgram(wanted), args);
  }

  /**
   * What the first group of this pattern is in the first line, past or future, that looks like it.
   * @throws Error with what it said when it ends instead, or says nothing like it in time.
   */
  async says(pattern: RegExp, { withinMs }: { readonly withinMs: number }): Promise<string> {
    const groupIn = (line: string): string | undefined => pattern.exec(line)?.[1];
    const past = this.lines.map(groupIn).find((group) => group !== undefined);
    if (past !== undefined) return past;
    const heard = new Promise<string>((resolve) =>
      this.voice.on('line', (line) => {
        const group = groupIn(line);
        if (group !== undefined) resolve(group);
      }),
    );
    const late = delay(withinMs, `did not say ${pattern} within ${withinMs} ms`, { ref: false });
    const failed = Promise.race([late, this.ended.then(() => 'ended')]).then((what) => {
      throw new Error(`${this.name} ${what}; it said last:\n${this.tail()}`);
    });
    return Promise.race([heard, failed]);
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<void> {
    this.child.stdin?.end();
    const impatience = setTimeout(() => this.killGroup(), STOPS_WITHIN_MS);
    await this.ended;
    clearTimeout(impatience);
  }

  private tail(): string {
    return this.lines.slice(-15).join('\n');
  }

  private hear(line: string): void {
    this.lines.push(line);
    if (this.lines.length > LINES_KEPT) this.lines.shift();
    this.voice.emit('line', line);
  }

  private killGroup(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
  }
}
