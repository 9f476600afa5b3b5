import type { Writer, WriterStore } from '../core/writer';

/**
 * What every {@link WriterStore} must do. `makeStore` may answer the same store each time; each test uses
 * a service name of its own, made by `newService`.
 */
export function describeWriterStoreContract(
  name: string,
  makeStore: () => WriterStore | Promise<WriterStore>,
  newService: () => string,
): void {
  describe(`writer store: ${name}`, () => {
    let store: WriterStore;
    let writer: Writer;

    beforeEach(async () => {
      store = await makeStore();
      writer = { service: newService(), slot: 0, epoch: 1, lowWater: 1, token: 'first', state: 'held' };
    });

    it('answers nothing for a slot that was never taken', async () => {
      expect(await store.read(writer.service, 0)).toBeUndefined();
      expect(await store.readAll(writer.service)).toEqual([]);
    });

    it('gives back a writer as it was put', async () => {
      expect(await store.putIfAbsent(writer)).toEqual({ outcome: 'stored' });
      expect(await store.read(writer.service, 0)).toEqual(writer);
    });

    it('refuses a put where the slot is taken, and answers who has it', async () => {
      await store.putIfAbsent(writer);
      expect(await store.putIfAbsent({ ...writer, token: 'second' })).toEqual({
        outcome: 'refused',
        stored: writer,
      });
    });

    it('replaces a writer that has the epoch and token it was seen with', async () => {
      await store.putIfAbsent(writer);
      const to: Writer = { ...writer, lowWater: 7, token: 'second', state: 'released' };
      expect(await store.replace({ from: writer, to })).toEqual({ outcome: 'stored' });
      expect(await store.read(writer.service, 0)).toEqual(to);
    });

    it.each([{ epoch: 2 }, { token: 'other' }])(
      'refuses to replace a writer that has %p by now',
      async (by) => {
        const stored = { ...writer, ...by };
        await store.putIfAbsent(stored);
        const to = { ...writer, lowWater: 9 };
        expect(await store.replace({ from: writer, to })).toEqual({ outcome: 'refused', stored });
        expect(await store.read(writer.service, 0)).toEqual(stored);
      },
    );

    it('refuses to replace a writer that is not there, and makes none', async () => {
      expect(await store.replace({ from: writer, to: { ...writer, lowWater: 2 } })).toEqual({
        outcome: 'refused',
      });
      expect(await store.read(writer.service, 0)).toBeUndefined();
    });

    it('lets one of many replacements through', async () => {
      await store.putIfAbsent(writer);
      const writes = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          store.replace({ from: writer, to: { ...writer, epoch: 2, token: `taker-${i}` } }),
        ),
      );
      expect(writes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    });

    it('reads slots in order up to the first absent one', async () => {
      const slots = Array.from({ length: 11 }, (_, slot) => ({ ...writer, slot }));
      for (const each of slots.toReversed()) await store.putIfAbsent(each);
      await store.putIfAbsent({ ...writer, slot: 12 });
      expect(await store.readAll(writer.service)).toEqual(slots);
    });

    it('keeps services apart', async () => {
      await store.putIfAbsent(writer);
      expect(await store.readAll(newService())).toEqual([]);
    });
  });
}
