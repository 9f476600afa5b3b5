import type { SnapshotStore } from './snapshot-store';

/** Snapshots in a map: the reference of the port, and a test double. */
export class InMemorySnapshotStore implements SnapshotStore {
  private readonly texts = new Map<number, string>();

  save(replica: number, text: string): Promise<void> {
    this.texts.set(replica, text);
    return Promise.resolve();
  }

  load(replica: number): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(replica));
  }
}
