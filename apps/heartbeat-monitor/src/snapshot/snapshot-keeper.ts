import type { Detector, DetectorSnapshot } from '@latido/failure-detector';
import type { SnapshotStore } from './snapshot-store';

export interface SnapshotKeeperPorts {
  readonly store: SnapshotStore;
  readonly replica: number;
  /** The snapshot could not be saved or read; the monitor goes on without it. */
  readonly onTrouble: (error: unknown) => void;
}

/** Saves what the detector knows, one save at a time, and reads it back at start. */
export class SnapshotKeeper {
  private saving: Promise<boolean> | undefined;

  constructor(private readonly ports: SnapshotKeeperPorts) {}

  /** The snapshot of the last start; `undefined` without one, and for one that cannot be read. */
  async load(): Promise<DetectorSnapshot | undefined> {
    const { store, replica, onTrouble } = this.ports;
    try {
      const text = await store.load(String(replica));
      return text === undefined ? undefined : (JSON.parse(text) as DetectorSnapshot);
    } catch (error) {
      onTrouble(error);
      return undefined;
    }
  }

  /** Saves now, or waits for the save under way. Never throws. @returns whether it is saved. */
  save(detector: Pick<Detector, 'snapshot'>): Promise<boolean> {
    this.saving ??= this.saveOnce(detector).finally(() => (this.saving = undefined));
    return this.saving;
  }

  private async saveOnce(detector: Pick<Detector, 'snapshot'>): Promise<boolean> {
    const { store, replica, onTrouble } = this.ports;
    try {
      await store.save(String(replica), [JSON.stringify(detector.snapshot())]);
      return true;
    } catch (error) {
      onTrouble(error);
      return false;
    }
  }
}
