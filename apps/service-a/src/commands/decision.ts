/**
 * What was decided for a command when it came first: the content of the claim of its Idempotency-Key.
 *
 * With the command itself it determines the event, so that every copy of the command makes the same one.
 * A type and no interface: it is stored as a plain map.
 */
export type Decision = {
  /** UUIDv7 of the event. */
  readonly id: string;
  readonly lamport: number;
  /** The process that decided, and its number on the topic. */
  readonly epoch: number;
  readonly sequence: number;
  /** RFC 3339. */
  readonly time: string;
  /** Version of the contract the event is written in: a newer replica must not write it in another. */
  readonly contractVersion: string;
};
