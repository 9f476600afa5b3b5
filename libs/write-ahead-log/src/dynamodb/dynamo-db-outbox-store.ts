import type { Condition, DynamoTable, Item, WriteResult } from '@latido/persistence/dynamodb';
import { decodeCursor, encodeCursor, type OutboxPlace } from '../core/outbox-cursor';
import type { EventIndex, OutboxEntry, OutboxPage, OutboxStore, OutboxWrite } from '../core/outbox-entry';
import { OUTBOX_INDEX_NAME } from './outbox-index';
import { entryOf, itemOf, outboxKey, statusKey, summaryOf } from './outbox-item';

export interface DynamoDbOutboxOptions {
  /**
   * `all` (default): every entry can be listed; 5 write units an event of up to 1 KB from acceptance to receipt.
   * `open`: entries leave the index when they are complete; 4 write units.
   */
  readonly eventIndex?: EventIndex;
}

type ListRequest = Parameters<OutboxStore['listByStatus']>[0];

/** Outbox entries in the WriteAheadLog table, under the key `outbox#<id>`, with the index `OutboxByStatus`. */
export class DynamoDbOutboxStore implements OutboxStore {
  private readonly eventIndex: EventIndex;

  constructor(
    private readonly table: DynamoTable,
    options: DynamoDbOutboxOptions = {},
  ) {
    this.eventIndex = options.eventIndex ?? 'all';
  }

  async putIfAbsent(entry: OutboxEntry): Promise<OutboxWrite> {
    return answerOf(await this.table.putIfAbsent(itemOf(entry, this.eventIndex)));
  }

  async read(id: string): Promise<OutboxEntry | undefined> {
    const item = await this.table.get({ LogID: outboxKey(id) }, 'strong');
    return item && entryOf(item);
  }

  async replace({
    from,
    to,
  }: {
    readonly from: OutboxEntry;
    readonly to: OutboxEntry;
  }): Promise<OutboxWrite> {
    const write = await this.table.put(itemOf(to, this.eventIndex), {
      expression: '#revision = :revision',
      names: { '#revision': 'Revision' },
      values: { ':revision': from.revision },
    });
    return answerOf(write);
  }

  async listByStatus(request: ListRequest): Promise<OutboxPage> {
    const { cursor, limit } = request;
    const page = await this.table.query({
      index: OUTBOX_INDEX_NAME,
      key: keyCondition(request),
      limit,
      ...(cursor !== undefined && { startAfter: keyAfter(request, decodeCursor(cursor)) }),
    });
    const entries = page.items.map((item) => summaryOf(item));
    const last = entries.at(-1);
    return { entries, ...(page.lastKey && last && { cursor: encodeCursor(last) }) };
  }
}

function answerOf(write: WriteResult): OutboxWrite {
  if (write.outcome === 'stored') return { outcome: 'stored' };
  return { outcome: 'refused', ...(write.item && { stored: entryOf(write.item) }) };
}

function keyCondition({ service, status, dueBeforeMs }: ListRequest): Condition {
  const isDue = dueBeforeMs !== undefined;
  return {
    expression: isDue ? '#status = :status AND #nextAt <= :due' : '#status = :status',
    names: { '#status': 'OutboxStatus', ...(isDue && { '#nextAt': 'NextAt' }) },
    values: { ':status': statusKey(service, status), ...(isDue && { ':due': dueBeforeMs }) },
  };
}

function keyAfter({ service, status }: ListRequest, { id, nextAtMs }: OutboxPlace): Item {
  return { LogID: outboxKey(id), OutboxStatus: statusKey(service, status), NextAt: nextAtMs };
}
