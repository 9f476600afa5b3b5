import type { Pieces, SnapshotStore } from './snapshot-store';

/** One text in a store: saved one save at a time, and nobody has to mind whether the store answers. */
export class SavedText {
  private saving: Promise<boolean> | undefined;

  constructor(
    private readonly store: SnapshotStore,
    private readonly name: string,
    /** It could not be saved or read; the monitor goes on without. */
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** What `read` makes of the text that was saved last; `undefined` without one, and for one that cannot be read. Never throws. */
  async load<T>(read: (text: string) => T): Promise<T | undefined> {
    try {
      const text = await this.store.load(this.name);
      return text === undefined ? undefined : read(text);
    } catch (error) {
      this.onTrouble(error);
      return undefined;
    }
  }

  /** Saves now, or waits for the save under way. Never throws. @returns whether it is saved. */
  save(write: () => Pieces): Promise<boolean> {
    this.saving ??= this.saveOnce(write).finally(() => (this.saving = undefined));
    return this.saving;
  }

  private async saveOnce(write: () => Pieces): Promise<boolean> {
    try {
      await this.store.save(this.name, write());
      return true;
    } catch (error) {
      this.onTrouble(error);
      return false;
    }
  }
}
