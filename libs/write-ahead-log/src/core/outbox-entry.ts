/** What is known of a sent event. `complete` absorbs everything and always means applied. */
export type OutboxStatus = 'pending' | 'complete' | 'failed';

/**
 * One accepted command that must reach its consumer: written before it is published, settled by a receipt.
 *
 *     pending --receipt applied--> complete
 *        |  ^---- redrive ----- failed (certain: false)
 *        +---- receipt failed --> failed
 */
export interface OutboxEntry {
  /** The event's id. Stored under `outbox#<id>`. */
  readonly id: string;
  readonly service: string;
  readonly subject: string;
  readonly status: OutboxStatus;
  /** Where it is published: the topic's name in the topology. */
  readonly topic: string;
  /** The message as first published; the relay repeats it byte for byte. */
  readonly message: string;
  readonly fingerprint: string;
  readonly createdAtMs: number;
  /** When the relay publishes it again, if it is still pending. */
  readonly nextAtMs: number;
  /** Publications so far; decides the next delay. */
  readonly attempts: number;
  /** Changes with every write; the handle of compare-and-swap. */
  readonly revision: number;
  readonly settledAtMs?: number;
  /** When an operator sent it again after a failure; overdue is counted from here. */
  readonly redrivenAtMs?: number;
  /** Version the consumer gave it; on `complete`. */
  readonly version?: number;
  /** On `failed`: true only for a rejection the consumer stored. A redrive may complete an uncertain failure. */
  readonly certain?: boolean;
  /** On `failed`: a stable code. */
  readonly reason?: string;
  readonly expiresAtEpochSeconds: number;
}

export type OutboxWrite =
  { readonly outcome: 'stored' } | { readonly outcome: 'refused'; readonly stored?: OutboxEntry };

/**
 * An entry as the status index holds it: everything but the message.
 *
 * The index is written again with every change of status; without the message each such write costs
 * one write unit, however large the event.
 */
export type OutboxSummary = Omit<OutboxEntry, 'message'>;

/**
 * Which entries the status index holds: `all`, or `open` (pending and failed) only.
 *
 * `open` saves one write unit an event, and `complete` entries are then found by id alone.
 */
export type EventIndex = 'all' | 'open';

export interface OutboxPage {
  readonly entries: readonly OutboxSummary[];
  /** Present when there may be more. Opaque. */
  readonly cursor?: string;
}

/** Port: where outbox entries are kept. Every call is one trip; `read` is strongly consistent. */
export interface OutboxStore {
  putIfAbsent(entry: OutboxEntry): Promise<OutboxWrite>;
  read(id: string): Promise<OutboxEntry | undefined>;
  /** Compare-and-swap on `revision`. */
  replace(swap: { readonly from: OutboxEntry; readonly to: OutboxEntry }): Promise<OutboxWrite>;
  /** Entries by status from the index, the smallest `nextAtMs` first; eventually consistent. */
  listByStatus(request: {
    readonly service: string;
    readonly status: OutboxStatus;
    /** Only entries whose `nextAtMs` is at most this. */
    readonly dueBeforeMs?: number;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<OutboxPage>;
}
