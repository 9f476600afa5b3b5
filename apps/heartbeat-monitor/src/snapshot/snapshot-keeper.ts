import {
  type Detector,
  type DetectorSnapshot,
  joinSnapshot,
  type SnapshotPiece,
} from '@latido/failure-detector';
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
 * Saves what the detector knows, one save at a time, and reads it back at start.
 *
 * A snapshot of 100,000 instances is 45 MB: it is written in pieces, a line each, with turns for everybody else between them,
 * and nothing holds the whole of it.
 */
export class SnapshotKeeper {
  private saving: Promise<boolean> | undefined;

  constructor(private readonly ports: SnapshotKeeperPorts) {}

  /** The snapshot of the last start; `undefined` without one, and for one that cannot be read. */
  async load(): Promise<DetectorSnapshot | undefined> {
    const { store, replica, onTrouble } = this.ports;
    try {
      const text = await store.load(String(replica));
      return text === undefined ? undefined : joinSnapshot(piecesIn(text));
    } catch (error) {
      onTrouble(error);
      return undefined;
    }
  }

  /** Saves now, or waits for the save under way. Never throws. @returns whether it is saved. */
  save(detector: Pick<Detector, 'snapshotPieces'>): Promise<boolean> {
    this.saving ??= this.saveOnce(detector).finally(() => (this.saving = undefined));
    return this.saving;
  }

  private async saveOnce(detector: Pick<Detector, 'snapshotPieces'>): Promise<boolean> {
    const { store, replica, pause, onTrouble } = this.ports;
    try {
      await store.save(String(replica), linesOf(detector.snapshotPieces(), pause));
      return true;
    } catch (error) {
      onTrouble(error);
      return false;
    }
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
