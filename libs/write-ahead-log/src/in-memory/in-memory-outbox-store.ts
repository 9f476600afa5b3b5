import { decodeCursor, encodeCursor, type OutboxPlace } from '../core/outbox-cursor';
import type {
  EventIndex,
  OutboxEntry,
  OutboxPage,
  OutboxStore,
  OutboxSummary,
  OutboxWrite,
} from '../core/outbox-entry';

/** Outbox entries in a map: the reference adapter, and the double for tests. */
export class InMemoryOutboxStore implements OutboxStore {
  private readonly entries = new Map<string, OutboxEntry>();

  constructor(private readonly options: { readonly eventIndex: EventIndex } = { eventIndex: 'all' }) {}

  putIfAbsent(entry: OutboxEntry): Promise<OutboxWrite> {
    const stored = this.entries.get(entry.id);
    if (stored) return Promise.resolve({ outcome: 'refused', stored: { ...stored } });
    this.entries.set(entry.id, { ...entry });
    return Promise.resolve({ outcome: 'stored' });
  }

  read(id: string): Promise<OutboxEntry | undefined> {
    const stored = this.entries.get(id);
    return Promise.resolve(stored && { ...stored });
  }

  replace({ from, to }: { readonly from: OutboxEntry; readonly to: OutboxEntry }): Promise<OutboxWrite> {
    const stored = this.entries.get(from.id);
    if (!stored) return Promise.resolve({ outcome: 'refused' });
    if (stored.revision !== from.revision)
      return Promise.resolve({ outcome: 'refused', stored: { ...stored } });
    this.entries.set(from.id, { ...to });
    return Promise.resolve({ outcome: 'stored' });
  }

  async listByStatus(request: Parameters<OutboxStore['listByStatus']>[0]): Promise<OutboxPage> {
    const after = request.cursor === undefined ? undefined : decodeCursor(request.cursor);
    const listed = [...this.entries.values()]
      .filter((entry) => this.isIndexed(entry))
      .filter((entry) => entry.service === request.service && entry.status === request.status)
      .filter((entry) => entry.nextAtMs <= (request.dueBeforeMs ?? Infinity))
      .filter((entry) => !after || byNextAt(entry, after) > 0)
      .sort(byNextAt);
    const entries = listed.slice(0, request.limit).map(withoutMessage);
    const last = entries.at(-1);
    return { entries, ...(last && listed.length > entries.length && { cursor: encodeCursor(last) }) };
  }

  /** Every entry, in the order of acceptance. */
  all(): readonly OutboxEntry[] {
    return [...this.entries.values()].map((entry) => ({ ...entry }));
  }

  private isIndexed(entry: OutboxEntry): boolean {
    return this.options.eventIndex === 'all' || entry.status !== 'complete';
  }
}

function withoutMessage(entry: OutboxEntry): OutboxSummary {
  const { message: _message, ...summary } = entry;
  return summary;
}

function byNextAt(a: OutboxPlace, b: OutboxPlace): number {
  return a.nextAtMs - b.nextAtMs || (a.id < b.id ? -1 : Number(a.id > b.id));
}
