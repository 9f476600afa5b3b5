import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';
import type { DynamoTable, Item } from '@latido/persistence/dynamodb';
import { type Pieces, type SnapshotStore, SnapshotTooLargeError } from './snapshot-store';

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
 *     snapshot#heartbeat-monitor#<name>            {side, parts, bytes}   written last: the new one counts now
 *     snapshot#heartbeat-monitor#<name>#<side>#<n> {data}                 sides a and b take turns
 *
 * What is not written yet is held back from being made: memory stays at a few parts.
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

  async save(name: string, pieces: Pieces): Promise<void> {
    const current = await this.table.get(headKey(name), 'strong');
    const side = current?.['Side'] === 'a' ? 'b' : 'a';
    let parts = 0;
    let bytes = 0;
    for await (const part of inParts(compressed(pieces), this.partBytes)) {
      if (parts === MAX_PARTS) throw new SnapshotTooLargeError(bytes, this.partBytes * MAX_PARTS);
      await this.table.put({ ...partKey(name, side, parts), Data: new Uint8Array(part), ...this.expiry() });
      parts += 1;
      bytes += part.length;
    }
    const head = { Side: side, Parts: parts, Bytes: bytes, SavedAt: Math.trunc(this.now()) };
    await this.table.put({ ...headKey(name), ...head, ...this.expiry() });
  }

  async load(name: string): Promise<string | undefined> {
    const head = await this.table.get(headKey(name), 'strong');
    if (head === undefined) return undefined;
    const side = String(head['Side']);
    const numbers = Array.from({ length: Number(head['Parts']) }, (_, n) => n);
    const items = await Promise.all(numbers.map((n) => this.table.get(partKey(name, side, n), 'strong')));
    const data = Buffer.concat(
      items.map((item) => (item?.['Data'] as Uint8Array | undefined) ?? Buffer.alloc(0)),
    );
    return data.length === Number(head['Bytes']) ? (await decompress(data)).toString() : undefined;
  }

  private expiry(): Item {
    return { ExpiresAt: Math.trunc(this.now() / 1_000) + EXPIRES_AFTER_SECONDS };
  }
}

/** Compresses piece by piece, beside the event loop. */
function compressed(pieces: Pieces): AsyncIterable<Buffer> {
  const gzip = createGzip();
  // What fails on the way in fails the way out too: that is where it is heard of.
  pipeline(Readable.from(pieces, { objectMode: false }), gzip).catch(() => undefined);
  return gzip;
}

/** Gathers chunks of any size into parts of one size; the last one is shorter. */
async function* inParts(chunks: AsyncIterable<Buffer>, partBytes: number): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    waiting = Buffer.concat([waiting, chunk]);
    for (; waiting.length > partBytes; waiting = waiting.subarray(partBytes))
      yield waiting.subarray(0, partBytes);
  }
  yield waiting;
}

function headKey(name: string): Item {
  return { LogID: `snapshot#heartbeat-monitor#${name}` };
}

function partKey(name: string, side: string, n: number): Item {
  return { LogID: `snapshot#heartbeat-monitor#${name}#${side}#${n}` };
}
