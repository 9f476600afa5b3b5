import {
  type Detector,
  type DetectorSnapshot,
  joinSnapshot,
  type SnapshotPiece,
} from '@latido/failure-detector';
import { SavedText } from './saved-text';
import type { SnapshotStore } from './snapshot-store';

export interface SnapshotKeeperPorts {
  readonly store: SnapshotStore;
  readonly replica: number;
  /** Lets everything else have its turn. */
  readonly pause: () => Promise<void>;
  /** The snapshot could not be saved or read; the monitor goes on without it. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Saves what the detector knows, and reads it back at start.
 *
 * A snapshot of 100,000 instances is 45 MB: it is written in pieces, a line each, with turns for everybody else between them,
 * and nothing holds the whole of it.
 */
export class SnapshotKeeper {
  private readonly text: SavedText;

  constructor(private readonly ports: SnapshotKeeperPorts) {
    const { store, replica, onTrouble } = ports;
    this.text = new SavedText(store, String(replica), onTrouble);
  }

  /** The snapshot of the last start; `undefined` without one, and for one that cannot be read. */
  load(): Promise<DetectorSnapshot | undefined> {
    return this.text.load((text) => joinSnapshot(piecesIn(text)));
  }

  /** Saves now, or waits for the save under way. Never throws. @returns whether it is saved. */
  save(detector: Pick<Detector, 'snapshotPieces'>): Promise<boolean> {
    return this.text.save(() => linesOf(detector.snapshotPieces(), this.ports.pause));
  }
}

async function* linesOf(
  pieces: Iterable<SnapshotPiece>,
  pause: () => Promise<void>,
): AsyncGenerator<string, void, undefined> {
  for (const piece of pieces) {
    yield `${JSON.stringify(piece)}\n`;
    await pause();
  }
}

function piecesIn(text: string): readonly SnapshotPiece[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SnapshotPiece);
}
