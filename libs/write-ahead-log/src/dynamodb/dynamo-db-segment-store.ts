import type { DynamoTable, Item } from '@latido/persistence/dynamodb';
import type { Segment, SegmentAddress, SegmentStore, SegmentWrite } from '../core/segment';
import { decodeRecords, encodeRecords } from './records-encoding';

/**
 * Segments in the WriteAheadLog table, under the key `<service>#<slot>#<number>`.
 *
 * An append costs a write unit for each started KB: 10 records of 300 bytes, 3 units. A refused one costs the
 * same, and where the store does not hand out what refused it, a strong read more.
 *
 * @typeParam R - one record: a plain JSON object.
 */
export class DynamoDbSegmentStore<R> implements SegmentStore<R> {
  constructor(private readonly table: DynamoTable) {}

  async appendIfAbsent(segment: Segment<R>): Promise<SegmentWrite<R>> {
    const write = await this.table.putIfAbsent(itemOf(segment));
    if (write.outcome === 'stored') return { outcome: 'stored' };
    return { outcome: 'refused', ...(write.item && { stored: segmentOf<R>(segment, write.item) }) };
  }

  async read(address: SegmentAddress): Promise<Segment<R> | undefined> {
    const item = await this.table.get({ LogID: keyOf(address) }, 'strong');
    return item && segmentOf(address, item);
  }
}

/** What the key says already (service, slot, number) is not stored again: the item is billed by its size. */
function itemOf<R>(segment: Segment<R>): Item {
  return {
    LogID: keyOf(segment),
    Kind: segment.kind,
    Epoch: segment.epoch,
    Token: segment.token,
    ...encodeRecords(segment.records),
    WrittenAt: segment.writtenAtMs,
    ExpiresAt: segment.expiresAtEpochSeconds,
  };
}

function segmentOf<R>({ service, slot, number }: SegmentAddress, item: Item): Segment<R> {
  return {
    service,
    slot,
    number,
    kind: item['Kind'] === 'seal' ? 'seal' : 'records',
    epoch: Number(item['Epoch']),
    token: String(item['Token']),
    records: decodeRecords(item) as readonly R[],
    writtenAtMs: Number(item['WrittenAt']),
    expiresAtEpochSeconds: Number(item['ExpiresAt']),
  };
}

function keyOf({ service, slot, number }: SegmentAddress): string {
  return `${service}#${slot}#${number}`;
}
