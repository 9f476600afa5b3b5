import type { Pieces, SnapshotStore } from './snapshot-store';

/** Snapshots in a map: the reference of the port, and a test double. */
export class InMemorySnapshotStore implements SnapshotStore {
  private readonly texts = new Map<string, string>();

  async save(name: string, pieces: Pieces): Promise<void> {
    let text = '';
    for await (const piece of pieces) text += piece;
    this.texts.set(name, text);
  }

  load(name: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(name));
  }
}
