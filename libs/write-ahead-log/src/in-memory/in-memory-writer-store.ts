import type { Writer, WriterStore, WriterWrite } from '../core/writer';

/** Writers in a map: the reference adapter, and the double for tests. */
export class InMemoryWriterStore implements WriterStore {
  private readonly writers = new Map<string, Writer>();

  putIfAbsent(writer: Writer): Promise<WriterWrite> {
    const key = keyOf(writer.service, writer.slot);
    const stored = this.writers.get(key);
    if (stored) return Promise.resolve({ outcome: 'refused', stored: { ...stored } });
    this.writers.set(key, { ...writer });
    return Promise.resolve({ outcome: 'stored' });
  }

  read(service: string, slot: number): Promise<Writer | undefined> {
    const stored = this.writers.get(keyOf(service, slot));
    return Promise.resolve(stored && { ...stored });
  }

  async readAll(service: string): Promise<readonly Writer[]> {
    const writers: Writer[] = [];
    for (let slot = 0; ; slot += 1) {
      const writer = await this.read(service, slot);
      if (!writer) return writers;
      writers.push(writer);
    }
  }

  replace({ from, to }: { readonly from: Writer; readonly to: Writer }): Promise<WriterWrite> {
    const key = keyOf(from.service, from.slot);
    const stored = this.writers.get(key);
    if (!stored) return Promise.resolve({ outcome: 'refused' });
    if (stored.epoch !== from.epoch || stored.token !== from.token)
      return Promise.resolve({ outcome: 'refused', stored: { ...stored } });
    this.writers.set(key, { ...to });
    return Promise.resolve({ outcome: 'stored' });
  }
}

function keyOf(service: string, slot: number): string {
  return `${service}#${slot}`;
}
