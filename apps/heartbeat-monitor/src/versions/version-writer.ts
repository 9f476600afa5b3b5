import type { LamportClock } from '@latido/lamport-clock';
import { type JsonValue, nextVersion, type Version, type VersionStore } from '@latido/versioned-value';

/** What to put on record after a head; `undefined`: it says so already, nothing is to be written. */
export type Draft = { readonly value: JsonValue; readonly requestId: string } | undefined;

export interface VersionWriterPorts {
  readonly store: Pick<VersionStore, 'readHead' | 'putIfAbsent'>;
  readonly clock: Pick<LamportClock, 'tick' | 'epoch'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newToken: () => string;
  readonly sha256Hex: (text: string) => string;
}

/** Each lost slot is another replica's success, and there are few replicas. */
const MAX_ATTEMPTS = 16;

/** So many other writers were faster that this one gave up; repeat later. */
export class VersionContendedError extends Error {
  override readonly name = 'VersionContendedError';
  readonly code = 'version_contended';

  constructor(readonly subject: string) {
    super(
      `${MAX_ATTEMPTS} times in a row another replica wrote the next version of ${subject}; it is tried again`,
    );
  }
}

/**
 * Puts facts on record that every replica of the monitor finds out and only one has to write.
 *
 *     read the head -> does it say so already? -> put head + 1 if absent -> refused: from the start
 *
 * What the record says is judged anew after each refusal, so of two replicas that write the same thing
 * at the same time, the second finds it there and writes nothing.
 */
export class VersionWriter {
  constructor(private readonly ports: VersionWriterPorts) {}

  /**
   * @param draft - judges the head; called once an attempt.
   * @returns the version written, or `undefined` where nothing had to be.
   * @throws VersionContendedError, or whatever the store throws; then it may have been written.
   */
  async write(
    subject: string,
    draft: (head: Version | undefined) => Draft | Promise<Draft>,
  ): Promise<Version | undefined> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const head = await this.ports.store.readHead(subject);
      const news = await draft(head);
      if (news === undefined) return undefined;
      const version = await this.versionAfter(head, subject, news);
      const write = version && (await this.ports.store.putIfAbsent(version));
      if (write?.outcome === 'stored' || write?.stored?.token === version?.token) return version;
    }
    throw new VersionContendedError(subject);
  }

  private async versionAfter(
    head: Version | undefined,
    subject: string,
    news: NonNullable<Draft>,
  ): Promise<Version | undefined> {
    const { clock, newToken, now, sha256Hex } = this.ports;
    const next = nextVersion({
      previous: head,
      subject,
      number: (head?.number ?? 0) + 1,
      operation: { kind: 'put', value: news.value },
      requestId: news.requestId,
      token: newToken(),
      cause: { kind: 'event', source: '/heartbeat-monitor', epoch: clock.epoch },
      lamport: await clock.tick(),
      nowMs: Math.trunc(now()),
      sha256Hex,
    });
    if (next.outcome === 'value_too_large') {
      throw new RangeError(`a version of ${subject} has ${next.valueBytes} bytes: its bounds are wrong`);
    }
    // A head is pruned only while others write: look again.
    return next.outcome === 'computed' ? next.version : undefined;
  }
}
