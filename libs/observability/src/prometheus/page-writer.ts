import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Page, roomFor } from './page';

/** Bytes written in one turn of the event loop: 2 ms, or 6 where the memory is new. */
const AT_ONCE_BYTES = 8_388_608;

/** A part of a page; its length holds until others have their turn. */
export interface PagePart {
  readonly byteLength: number;
  /** Copies the text and returns the offset behind it. */
  copyTo(target: Buffer, offset: number): number;
}

/**
 * Puts a page together part by part, each as it is at one moment.
 *
 * After every 8 MB others have their turn, so that a page of any size holds the event loop no longer than its largest
 * part; its parts may then be milliseconds apart.
 */
export class PageWriter {
  private length = 0;
  private atOnceBytes = 0;

  private constructor(private room: Buffer) {}

  /**
   * @param byteLength - how long the page will be, as far as can be said now.
   * @param spare - memory that nobody reads any more, to write into if it fits.
   */
  static async begin(byteLength: number, spare: Buffer | undefined): Promise<PageWriter> {
    const room = roomFor(byteLength, spare);
    // What led here, collecting and formatting, took its time already.
    if (byteLength > AT_ONCE_BYTES) await nextTurn();
    if (room !== spare) await takeInto(room);
    return new PageWriter(room);
  }

  async add(part: PagePart): Promise<void> {
    this.makeRoomFor(part.byteLength);
    const end = part.copyTo(this.room, this.length);
    this.atOnceBytes += end - this.length;
    this.length = end;
    if (this.atOnceBytes < AT_ONCE_BYTES) return;
    this.atOnceBytes = 0;
    await nextTurn();
  }

  page(): Page {
    return { room: this.room, bytes: this.room.subarray(0, this.length) };
  }

  /** Series may have come while others had their turn. */
  private makeRoomFor(byteLength: number): void {
    const needed = this.length + byteLength;
    if (needed <= this.room.length) return;
    const larger = roomFor(needed, undefined);
    larger.set(this.room.subarray(0, this.length));
    this.room = larger;
  }
}

/** The text of a page that is there as a whole. */
export function textPart(text: string): PagePart {
  return {
    byteLength: Buffer.byteLength(text),
    copyTo: (target, offset) => offset + target.write(text, offset),
  };
}

/** The system gives memory when it is first written to, at three times the cost of the copy: bit by bit, too. */
async function takeInto(room: Buffer): Promise<void> {
  for (let at = AT_ONCE_BYTES; at < room.length; at += AT_ONCE_BYTES) {
    room.fill(0, at - AT_ONCE_BYTES, at);
    await nextTurn();
  }
}
