import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { DynamoTable, Item } from '@latido/persistence/dynamodb';
import { type SnapshotStore, SnapshotTooLargeError } from './snapshot-store';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** An item holds 400 KB; the rest is its key. */
const PART_BYTES = 380 * 1024;
/** 12 MB compressed: about 100,000 instances. */
const MAX_PARTS = 32;
/** A replica that is gone for longer has nothing to remember that still holds. */
const EXPIRES_AFTER_SECONDS = 7 * 24 * 60 * 60;

/**
 * Snapshots in the WriteAheadLog table, compressed, in as many items as they need.
 *
 *     snapshot#heartbeat-monitor#<replica>            {side, parts, bytes}   written last: the new one counts now
 *     snapshot#heartbeat-monitor#<replica>#<side>#<n> {data}                 sides a and b take turns
 *
 * A write unit a KB compressed, which is about 15 instances.
 */
export class DynamoSnapshotStore implements SnapshotStore {
  /** @param table - with the key name `['LogID']`. */
  constructor(
    private readonly table: DynamoTable,
    private readonly now: () => number,
    private readonly partBytes = PART_BYTES,
  ) {}

  async save(replica: number, text: string): Promise<void> {
    const data = await compress(text);
    if (data.length > this.partBytes * MAX_PARTS) {
      throw new SnapshotTooLargeError(data.length, this.partBytes * MAX_PARTS);
    }
    const current = await this.table.get(headKey(replica), 'strong');
    const side = current?.['Side'] === 'a' ? 'b' : 'a';
    const parts = Math.max(1, Math.ceil(data.length / this.partBytes));
    for (let n = 0; n < parts; n += 1) {
      const part = data.subarray(n * this.partBytes, (n + 1) * this.partBytes);
      await this.table.put({ ...partKey(replica, side, n), Data: new Uint8Array(part), ...this.expiry() });
    }
    const head = { Side: side, Parts: parts, Bytes: data.length, SavedAt: Math.trunc(this.now()) };
    await this.table.put({ ...headKey(replica), ...head, ...this.expiry() });
  }

  async load(replica: number): Promise<string | undefined> {
    const head = await this.table.get(headKey(replica), 'strong');
    if (head === undefined) return undefined;
    const side = String(head['Side']);
    const numbers = Array.from({ length: Number(head['Parts']) }, (_, n) => n);
    const items = await Promise.all(numbers.map((n) => this.table.get(partKey(replica, side, n), 'strong')));
    const data = Buffer.concat(
      items.map((item) => (item?.['Data'] as Uint8Array | undefined) ?? Buffer.alloc(0)),
    );
    return data.length === Number(head['Bytes']) ? (await decompress(data)).toString() : undefined;
  }

  private expiry(): Item {
    return { ExpiresAt: Math.trunc(this.now() / 1_000) + EXPIRES_AFTER_SECONDS };
  }
}

function headKey(replica: number): Item {
  return { LogID: `snapshot#heartbeat-monitor#${replica}` };
}

function partKey(replica: number, side: string, n: number): Item {
  return { LogID: `snapshot#heartbeat-monitor#${replica}#${side}#${n}` };
}
