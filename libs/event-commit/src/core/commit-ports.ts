import type { ClaimStore } from '@latido/idempotent-receiver';
import type { VersionStore } from '@latido/versioned-value';
import type { CommitDecision } from './decision';

/** What the protocol needs from outside; the log comes with each call, because each poller owns one. */
export interface CommitPorts {
  readonly claims: ClaimStore<CommitDecision>;
  readonly versions: VersionStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A text that no other call ever gets, for example a random UUID. */
  readonly newToken: () => string;
  /** SHA-256 of a text's UTF-8 bytes in lower-case hex. */
  readonly sha256Hex: (text: string) => string;
  /** Stamps a Lamport time above the given one: the clock of the head that a rollback follows. */
  readonly lamportAfter: (clock: number) => number | Promise<number>;
}
