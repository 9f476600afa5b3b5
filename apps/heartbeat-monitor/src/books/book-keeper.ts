import type { EdgeBook, SavedPart } from '@latido/edge-accounting';
import type { SnapshotStore } from '../snapshot/snapshot-store';

export interface BookKeeperPorts {
  readonly store: SnapshotStore;
  readonly replica: number;
  /** The books could not be saved or read; the monitor goes on without. */
  readonly onTrouble: (error: unknown) => void;
  /** Lets others have a turn. */
  readonly pause: () => Promise<void>;
}

/** Characters made in one turn: less than a millisecond of work. */
const PIECE_CHARACTERS = 32_768;

/** Saves the edge books, one save at a time and a piece at a time, and brings them back at a start. */
export class BookKeeper {
  private saving: Promise<boolean> | undefined;

  constructor(private readonly ports: BookKeeperPorts) {}

  /** A book as the last start left it; a new one without a snapshot, and for one that cannot be read. */
  async restore(newBook: () => EdgeBook, nowMs: number): Promise<EdgeBook> {
    const book = newBook();
    try {
      const text = await this.ports.store.load(this.name);
      if (text !== undefined) book.load(partsIn(text), nowMs);
      return book;
    } catch (error) {
      this.ports.onTrouble(error);
      return newBook();
    }
  }

  /** Saves now, or waits for the save under way. Never throws. @returns whether it is saved. */
  save(book: Pick<EdgeBook, 'save'>, nowMs: number): Promise<boolean> {
    this.saving ??= this.saveOnce(book, nowMs).finally(() => (this.saving = undefined));
    return this.saving;
  }

  private async saveOnce(book: Pick<EdgeBook, 'save'>, nowMs: number): Promise<boolean> {
    try {
      await this.ports.store.save(this.name, this.piecesOf(book.save(nowMs)));
      return true;
    } catch (error) {
      this.ports.onTrouble(error);
      return false;
    }
  }

  private get name(): string {
    return `${this.ports.replica}#books`;
  }

  /** A line a part. */
  private async *piecesOf(parts: Iterable<SavedPart>): AsyncGenerator<string> {
    let piece = '';
    for (const part of parts) {
      piece += `${JSON.stringify(part)}\n`;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
      await this.ports.pause();
    }
    yield piece;
  }
}

function* partsIn(text: string): Generator<SavedPart> {
  for (const line of text.split('\n')) if (line !== '') yield JSON.parse(line) as SavedPart;
}
