import type { StateOperation } from '@latido/versioned-value';

interface EventFacts {
  /** The RequestID: the CloudEvents `id`. Two deliveries with one id are one event, or one of them is an impostor. */
  readonly id: string;
  /** SHA-256 in hex of canonical source, type, subject, operation and data: tells a copy from an impostor. */
  readonly fingerprint: string;
  /** Whose state it changes. */
  readonly subject: string;
  /** Lamport time as the sender stamped it. */
  readonly lamport: number;
  readonly source: string;
  /** The producer's epoch: breaks ties of equal Lamport times. */
  readonly epoch: number;
  /** When it happened, by its envelope, in milliseconds since 1970. */
  readonly timeMs: number;
  /** The sender's clock was absurd: it was taken over only as far as `believedLamport` says. */
  readonly flagged?: true;
  /** Lamport time as far as it was believed; set where `flagged` is. The clock of the version follows it. */
  readonly believedLamport?: number;
}

/** An event that the contract allows: it will be applied exactly once. */
export interface ValidEvent extends EventFacts {
  readonly operation: StateOperation;
  readonly invalid?: undefined;
}

/**
 * An event whose data is invalid under a *known* contract version, with the reason: every copy of it
 * gets the same stored rejection. Unknown types and versions never come here: they are not certain.
 */
export interface InvalidEvent extends EventFacts {
  readonly invalid: string;
  readonly operation?: undefined;
}

/** One event as the commit protocol sees it: parsed, judged by its contract, fingerprinted. */
export type CommitEvent = ValidEvent | InvalidEvent;

/** Key of an event's claim, and the RequestID of the version it makes. */
export function requestIdOf(event: Pick<EventFacts, 'id'>): string {
  return `event#${event.id}`;
}
