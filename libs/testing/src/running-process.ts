import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type LogEntry, LogStream } from './log-stream';
import { repositoryRoot } from './repository-root';

/** How a process ended: an exit code, or the signal that killed it. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A test runner gives its tests a `process` whose `exit` never comes, so each child has to notice by itself. */
const END_WITH_PARENT = join(repositoryRoot(), 'tools/launcher/end-with-parent.cjs');

/**
 * A Node program that runs as its own process, with its log at hand.
 *
 * Whatever still runs when this process has ended, however it ended, is told to stop.
 */
export class RunningProcess {
  /** Resolves when the process has ended, however it ended. */
  readonly exited: Promise<ExitStatus>;
  private readonly child: ChildProcess;
  private readonly log = new LogStream();

  constructor(program: {
    readonly script: string;
    readonly args?: readonly string[];
    /** Added to the environment of this process; `undefined` takes a variable away. */
    readonly env?: Readonly<Record<string, string | undefined>>;
    /** Id of the user and the group to run as, without any capability; only root may choose. */
    readonly user?: number | undefined;
  }) {
    this.child = spawn(
      process.execPath,
      ['--require', END_WITH_PARENT, program.script, ...(program.args ?? [])],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { ...process.env, ...program.env },
        ...(program.user !== undefined && { uid: program.user, gid: program.user }),
      },
    );
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.log.end(
          new Error(`${program.script} ended (code ${code}, signal ${signal}):\n${this.log.tail()}`),
        );
        resolve({ code, signal });
      });
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.log.add(line));
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the process could not be started');
    return this.child.pid;
  }

  /** JSON log lines so far, oldest first. */
  get logs(): readonly LogEntry[] {
    return this.log.entries;
  }

  /** Everything else it printed, oldest first. */
  get text(): readonly string[] {
    return this.log.text;
  }

  /** The first log line, past or future, that the predicate accepts. */
  async waitForLog(
    predicate: (entry: LogEntry) => boolean,
    bound: { readonly withinMs: number } = { withinMs: 15_000 },
  ): Promise<LogEntry> {
    return this.log.find(predicate, bound);
  }

  /** Sends a signal and waits for the end. SIGKILL leaves it no last word. */
  async kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<ExitStatus> {
    this.child.kill(signal);
    return this.exited;
  }

  /** Freezes it (SIGSTOP): sockets stay open and nobody answers. */
  suspend(): void {
    this.child.kill('SIGSTOP');
  }

  /** Lets a frozen process go on (SIGCONT). */
  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** The last lines it printed, for the message of a failing test. */
  tail(): string {
    return this.log.tail();
  }
}
