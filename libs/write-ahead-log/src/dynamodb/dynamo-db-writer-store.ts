import type { DynamoTable, Item } from '@latido/persistence/dynamodb';
import type { Writer, WriterStore, WriterWrite } from '../core/writer';

/** Slots read at once: most services have fewer, and are then read in one round of trips. */
const SLOTS_AT_ONCE = 8;

/**
 * Writers in the WriteAheadLog table, under the key `writer#<service>#<slot>`.
 *
 * A write costs one write unit. Reading all costs a strong read unit for each slot, rounded up to 8 slots.
 */
export class DynamoDbWriterStore implements WriterStore {
  constructor(private readonly table: DynamoTable) {}

  async putIfAbsent(writer: Writer): Promise<WriterWrite> {
    return answerOf(writer, await this.table.putIfAbsent(itemOf(writer)));
  }

  async read(service: string, slot: number): Promise<Writer | undefined> {
    const item = await this.table.get({ LogID: keyOf(service, slot) }, 'strong');
    return item && writerOf({ service, slot }, item);
  }

  async readAll(service: string): Promise<readonly Writer[]> {
    const writers: Writer[] = [];
    for (let first = 0; ; first += SLOTS_AT_ONCE) {
      const slots = Array.from({ length: SLOTS_AT_ONCE }, (_, index) => first + index);
      const found = await Promise.all(slots.map((slot) => this.read(service, slot)));
      for (const writer of found) {
        if (!writer) return writers;
        writers.push(writer);
      }
    }
  }

  async replace({ from, to }: { readonly from: Writer; readonly to: Writer }): Promise<WriterWrite> {
    const write = await this.table.put(itemOf(to), {
      expression: '#epoch = :epoch AND #token = :token',
      names: { '#epoch': 'Epoch', '#token': 'Token' },
      values: { ':epoch': from.epoch, ':token': from.token },
    });
    return answerOf(to, write);
  }
}

function answerOf(
  place: Pick<Writer, 'service' | 'slot'>,
  write: { readonly outcome: 'stored' | 'refused'; readonly item?: Item },
): WriterWrite {
  if (write.outcome === 'stored') return { outcome: 'stored' };
  return { outcome: 'refused', ...(write.item && { stored: writerOf(place, write.item) }) };
}

/** No expiry: a slot that was ever used stays, and with it the number it goes on from. */
function itemOf(writer: Writer): Item {
  return {
    LogID: keyOf(writer.service, writer.slot),
    Epoch: writer.epoch,
    LowWater: writer.lowWater,
    Token: writer.token,
    State: writer.state,
  };
}

function writerOf({ service, slot }: Pick<Writer, 'service' | 'slot'>, item: Item): Writer {
  return {
    service,
    slot,
    epoch: Number(item['Epoch']),
    lowWater: Number(item['LowWater']),
    token: String(item['Token']),
    state: item['State'] === 'released' ? 'released' : 'held',
  };
}

function keyOf(service: string, slot: number): string {
  return `writer#${service}#${slot}`;
}
