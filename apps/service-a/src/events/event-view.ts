import type { JsonValue } from '@latido/messaging';
import type { Outbox, OutboxEntry, OutboxSummary } from '@latido/write-ahead-log';

/** Where more about an event is found. */
export interface EventLinks {
  readonly self: string;
  readonly subject: string;
}

/** An event as clients see it. `complete` always means applied; `overdue` proves nothing. */
export interface EventView {
  readonly id: string;
  readonly subject: string;
  readonly status: OutboxSummary['status'];
  /** RFC 3339, as are the others. */
  readonly acceptedAt: string;
  /** Times it was published, or was about to be. */
  readonly attempts: number;
  /** Pending only: no receipt for longer than it should take. */
  readonly overdue?: true;
  /** Pending only: when it is published again. */
  readonly nextAttemptAt?: string;
  readonly settledAt?: string;
  /** Complete only: the version it became. */
  readonly version?: number;
  /** Failed only: true when a redrive would fail again. */
  readonly certain?: boolean;
  /** Failed only: a stable code. */
  readonly reason?: string;
  readonly links: EventLinks;
}

/** Paths of an event and its subject. */
export function linksOf({ id, subject }: { readonly id: string; readonly subject: string }): EventLinks {
  return { self: `/events/${encodeURIComponent(id)}`, subject: `/subjects/${encodeURIComponent(subject)}` };
}

/** Shows an entry. */
export function viewOf(entry: OutboxSummary, outbox: Pick<Outbox, 'isOverdue'>): EventView {
  const { id, subject, status, attempts, settledAtMs, version, certain, reason } = entry;
  return {
    id,
    subject,
    status,
    acceptedAt: timeOf(entry.createdAtMs),
    attempts,
    ...(outbox.isOverdue(entry) && { overdue: true }),
    ...(status === 'pending' && { nextAttemptAt: timeOf(entry.nextAtMs) }),
    ...(settledAtMs !== undefined && { settledAt: timeOf(settledAtMs) }),
    ...(version !== undefined && { version }),
    ...(status === 'failed' && { certain: certain === true, reason: reason ?? 'unknown' }),
    links: linksOf(entry),
  };
}

/** An entry with the event itself, as it was or will be published. */
export function detailedViewOf(
  entry: OutboxEntry,
  outbox: Pick<Outbox, 'isOverdue'>,
): EventView & { readonly event: JsonValue } {
  return { ...viewOf(entry, outbox), event: JSON.parse(entry.message) as JsonValue };
}

function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
