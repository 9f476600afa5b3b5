import type { PodFeed } from './pod-feed';
import type { PodLedger } from './pod-ledger';

export interface PodWatchPorts {
  /** Loads and configures what talks to Kubernetes; called until it succeeds once. */
  readonly openFeed: () => Promise<PodFeed>;
  readonly ledger: Pick<PodLedger, 'replace' | 'seen' | 'deleted' | 'lost'>;
  /** Resolves after so many milliseconds, or when it is aborted. */
  readonly pause: (delayMs: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly onConnected: () => void;
  /** It cannot be reached; told once, until it can be again. */
  readonly onLost: (error: unknown) => void;
}

/** Between two connections when nothing went wrong: a server that ends each at once is asked four times a second. */
const AGAIN_MS = 250;
const RETRY = { baseMs: 1_000, mostMs: 30_000 };

/**
 * Keeps a ledger of pods up to date, for as long as Kubernetes can be reached.
 *
 *     list ──▶ follow ──ended──▶ follow from the last version ...
 *      ▲          └────expired──▶ list
 *      └── pause, doubled each time, up to 30 s ◀── cannot be reached: lost
 *
 * A connection that breaks is made anew at once and loses nothing; only a server that cannot be reached is a loss.
 */
export class PodWatch {
  private readonly abort = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private feed: PodFeed | undefined;
  private version: string | undefined;
  private failures = 0;
  private state: 'starting' | 'connected' | 'lost' = 'starting';
  private losses = 0;

  constructor(private readonly ports: PodWatchPorts) {}

  get connected(): boolean {
    return this.state === 'connected';
  }

  /** How often it could not be reached any more, or never so far. */
  get lossesTotal(): number {
    return this.losses;
  }

  start(): void {
    this.running = this.run();
  }

  /** Waits until nothing is told any more. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.abort;
    while (!signal.aborted) {
      const failed = await this.followOnce().then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (signal.aborted) return;
      if (failed !== undefined) this.lose(failed.error);
      await this.ports.pause(failed === undefined ? AGAIN_MS : this.backOffMs(), signal);
    }
  }

  private async followOnce(): Promise<void> {
    const { openFeed, ledger } = this.ports;
    this.feed ??= await openFeed();
    if (this.version === undefined) await this.list(this.feed);
    const ending = await this.feed.follow({
      version: this.version ?? '',
      signal: this.abort.signal,
      onEvent: ({ kind, pod }) => {
        this.version = pod.metadata?.resourceVersion ?? this.version;
        if (kind === 'seen') ledger.seen(pod);
        if (kind === 'deleted') ledger.deleted(pod);
      },
    });
    this.failures = 0;
    if (ending === 'expired') this.version = undefined;
  }

  private async list(feed: PodFeed): Promise<void> {
    const { pods, version } = await feed.list();
    if (this.abort.signal.aborted) return;
    this.version = version;
    this.ports.ledger.replace(pods);
    if (this.state === 'connected') return;
    this.state = 'connected';
    this.ports.onConnected();
  }

  private lose(error: unknown): void {
    this.version = undefined;
    if (this.state === 'lost') return;
    this.state = 'lost';
    this.losses += 1;
    this.ports.ledger.lost();
    this.ports.onLost(error);
  }

  private backOffMs(): number {
    const mostMs = Math.min(RETRY.mostMs, RETRY.baseMs * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    return (mostMs / 2) * (1 + this.ports.random());
  }
}
