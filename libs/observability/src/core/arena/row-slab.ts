/** Bytes of memory taken at once: small beside a fleet, large beside a row. */
const BLOCK_BYTES = 16_384;

/** Something that a row of text stands for. The slab keeps `index` right when rows move. */
export interface Placed {
  index: number;
}

/**
 * Rows of one length, one behind the other without gaps, so that a page is written by copying blocks.
 *
 *     block 0  | row | row | row |     remove(row): the last row takes its place
 *     block 1  | row | row |     |
 *
 * Adding, removing and changing a row take the same time however many there are; memory is taken and
 * given back in blocks.
 */
export class RowSlab<R extends Placed> {
  private readonly blocks: Uint8Array[] = [];
  private readonly rows: R[] = [];
  private readonly rowsPerBlock: number;

  /** @param rowBytes - length of every row, its line feed included. */
  constructor(readonly rowBytes: number) {
    this.rowsPerBlock = Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
  }

  get size(): number {
    return this.rows.length;
  }

  get byteLength(): number {
    return this.rows.length * this.rowBytes;
  }

  /** Puts a row at the end; `text` has exactly the length of a row. */
  add(row: R, text: Uint8Array): void {
    row.index = this.rows.push(row) - 1;
    if (row.index === this.blocks.length * this.rowsPerBlock)
      this.blocks.push(new Uint8Array(this.rowsPerBlock * this.rowBytes));
    this.textOf(row).set(text);
  }

  remove(row: R): void {
    const last = this.rows.pop();
    if (last !== undefined && last !== row) {
      this.textOf(row).set(this.textOf(last));
      last.index = row.index;
      this.rows[last.index] = last;
    }
    if (this.rows.length <= (this.blocks.length - 1) * this.rowsPerBlock) this.blocks.pop();
  }

  /** The bytes of a row, to be read or patched at once: the next removal may move them. */
  textOf({ index }: R): Uint8Array {
    const block = Math.floor(index / this.rowsPerBlock);
    const start = (index % this.rowsPerBlock) * this.rowBytes;
    return this.blocks[block]!.subarray(start, start + this.rowBytes);
  }

  /** Copies all rows and returns the offset behind them. */
  copyTo(target: Uint8Array, offset: number): number {
    const end = offset + this.byteLength;
    let at = offset;
    for (const block of this.blocks) {
      const bytes = Math.min(block.length, end - at);
      target.set(bytes === block.length ? block : block.subarray(0, bytes), at);
      at += bytes;
    }
    return end;
  }
}
