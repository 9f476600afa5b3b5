/** One JSON log line of a process. */
export type LogEntry = Readonly<Record<string, unknown>>;

/** Enough for a long test; the oldest go first. */
const LINES_KEPT = 20_000;

interface Waiter {
  readonly predicate: (entry: LogEntry) => boolean;
  readonly resolve: (entry: LogEntry) => void;
  readonly reject: (error: Error) => void;
}

/** What a process printed: its JSON log lines, and everything else as plain text. */
export class LogStream {
  readonly entries: LogEntry[] = [];
  /** Lines that are not JSON objects: warnings, stack traces. */
  readonly text: string[] = [];
  private readonly waiters = new Set<Waiter>();
  private ended: Error | undefined;

  /** Takes one line of output. */
  add(line: string): void {
    const entry = parse(line);
    keep(this.text, entry === undefined ? line : undefined);
    keep(this.entries, entry);
    if (entry === undefined) return;
    for (const waiter of this.waiters) if (waiter.predicate(entry)) this.settle(waiter, entry);
  }

  /** No more lines will come: whoever still waits is told why. */
  end(reason: Error): void {
    this.ended = reason;
    for (const waiter of this.waiters) waiter.reject(reason);
    this.waiters.clear();
  }

  /** The first entry, past or future, that the predicate accepts. */
  async find(
    predicate: (entry: LogEntry) => boolean,
    { withinMs }: { readonly withinMs: number },
  ): Promise<LogEntry> {
    const past = this.entries.find(predicate);
    if (past) return past;
    if (this.ended) throw this.ended;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        reject(new Error(`no such log line within ${withinMs} ms; the last lines were:\n${this.tail()}`));
      }, withinMs);
      const waiter: Waiter = {
        predicate,
        resolve: (entry) => (clearTimeout(timer), resolve(entry)),
        reject: (error) => (clearTimeout(timer), reject(error)),
      };
      this.waiters.add(waiter);
    });
  }

  /** The last lines, for a message to a person. */
  tail(): string {
    return [...this.text.slice(-10), ...this.entries.slice(-10).map((entry) => JSON.stringify(entry))].join(
      '\n',
    );
  }

  private settle(waiter: Waiter, entry: LogEntry): void {
    this.waiters.delete(waiter);
    waiter.resolve(entry);
  }
}

function keep<T>(lines: T[], line: T | undefined): void {
  if (line === undefined) return;
  lines.push(line);
  if (lines.length > LINES_KEPT) lines.shift();
}

function parse(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}
