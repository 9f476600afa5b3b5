import type { EdgeBook, SavedPart } from '@latido/edge-accounting';
import { SavedText } from '../snapshot/saved-text';
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

/** Saves the edge books a piece at a time, and brings them back at a start. */
export class BookKeeper {
  private readonly text: SavedText;

  constructor(private readonly ports: BookKeeperPorts) {
    const { store, replica, onTrouble } = ports;
    this.text = new SavedText(store, `${replica}#books`, onTrouble);
  }

  /** A book as the last start left it; a new one without a snapshot, and for one that cannot be read. */
  async restore(newBook: () => EdgeBook, nowMs: number): Promise<EdgeBook> {
    const restored = await this.text.load((text) => {
      const book = newBook();
      book.load(partsIn(text), nowMs);
      return book;
    });
    return restored ?? newBook();
  }

  /** Saves now, or waits for the save under way. Never throws. @returns whether it is saved. */
  save(book: Pick<EdgeBook, 'save'>, nowMs: number): Promise<boolean> {
    return this.text.save(() => this.piecesOf(book.save(nowMs)));
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
