import type {
  EventIndex,
  OutboxPage,
  OutboxStatus,
  OutboxStore,
  OutboxSummary,
} from '@latido/write-ahead-log';
import { InvalidCursorError } from '@latido/write-ahead-log';

export interface ListRequest {
  readonly service: string;
  /** Absent: all that the index holds, the unsettled first. */
  readonly status?: OutboxStatus;
  /** A filter over what the index gives; it does not make the reading cheaper. */
  readonly subject?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface EventPage {
  readonly entries: readonly OutboxSummary[];
  /** Present when there may be more, also when this page is not full. */
  readonly cursor?: string;
}

/** Pages of the index one request reads at most: a rare subject ends the page early instead of reading everything. */
const MAX_READS = 20;

/** Lists entries by status, each status in the order of its next publication. */
export async function listEvents(
  store: Pick<OutboxStore, 'listByStatus'>,
  request: ListRequest,
  eventIndex: EventIndex,
): Promise<EventPage> {
  const statuses = statusesOf(request, eventIndex);
  let place: Place | undefined = placeOf(request.cursor, statuses);
  const entries: OutboxSummary[] = [];
  for (let reads = 0; place && entries.length < request.limit && reads < MAX_READS; reads += 1) {
    const missing = request.limit - entries.length;
    const page = await read(store, { ...request, limit: missing }, place);
    entries.push(...page.entries.filter(({ subject }) => subject === (request.subject ?? subject)));
    place = nextPlace(place, page, statuses);
  }
  return { entries, ...(place && { cursor: cursorOf(place) }) };
}

interface Place {
  readonly status: OutboxStatus;
  /** The store's own; absent at the start of a status. */
  readonly cursor?: string;
}

function read(
  store: Pick<OutboxStore, 'listByStatus'>,
  { service, limit }: ListRequest,
  { status, cursor }: Place,
): Promise<OutboxPage> {
  return store.listByStatus({ service, status, limit, ...(cursor !== undefined && { cursor }) });
}

function statusesOf({ status }: ListRequest, eventIndex: EventIndex): readonly OutboxStatus[] {
  if (status !== undefined) return [status];
  return eventIndex === 'all' ? ['pending', 'failed', 'complete'] : ['pending', 'failed'];
}

function nextPlace(
  { status }: Place,
  { cursor }: OutboxPage,
  statuses: readonly OutboxStatus[],
): Place | undefined {
  if (cursor !== undefined) return { status, cursor };
  const next = statuses[statuses.indexOf(status) + 1];
  return next && { status: next };
}

function cursorOf({ status, cursor }: Place): string {
  return cursor === undefined ? status : `${status}.${cursor}`;
}

function placeOf(cursor: string | undefined, statuses: readonly OutboxStatus[]): Place | undefined {
  if (cursor === undefined) return statuses[0] && { status: statuses[0] };
  const cut = cursor.indexOf('.');
  const status = statuses.find((candidate) => candidate === (cut < 0 ? cursor : cursor.slice(0, cut)));
  if (status === undefined) throw new InvalidCursorError(cursor);
  return { status, ...(cut >= 0 && { cursor: cursor.slice(cut + 1) }) };
}
