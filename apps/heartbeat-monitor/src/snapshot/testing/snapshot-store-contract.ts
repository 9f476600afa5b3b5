import type { SnapshotStore } from '../snapshot-store';

/** What every {@link SnapshotStore} must do. @param newName - one that no other test uses. */
export function describeSnapshotStoreContract(
  of: string,
  makeStore: () => SnapshotStore,
  newName: () => string,
): void {
  describe(`snapshot store: ${of}`, () => {
    test('has nothing under a name that was never saved', async () => {
      expect(await makeStore().load(newName())).toBeUndefined();
    });

    test('gives back the newest snapshot, unchanged', async () => {
      const [store, name] = [makeStore(), newName()];
      for (const text of ['{"n":1}', '{"n":2,"name":"ünïcode"}', '{"n":3}']) {
        await store.save(name, [text]);
        expect(await store.load(name)).toBe(text);
      }
    });

    test('keeps names apart', async () => {
      const store = makeStore();
      const [one, other] = [newName(), newName()];
      await store.save(one, ['one']);
      await store.save(other, ['other']);
      expect([await store.load(one), await store.load(other)]).toEqual(['one', 'other']);
    });

    test('puts together what was saved in pieces, however they were made', async () => {
      const [store, name] = [makeStore(), newName()];
      await store.save(name, piecesOf(['o', 'n', '', 'é']));
      expect(await store.load(name)).toBe('oné');
    });

    test('keeps the last one when the next one fails on its way', async () => {
      const [store, name] = [makeStore(), newName()];
      await store.save(name, ['the last one']);
      await expect(store.save(name, failingAfter('a piece'))).rejects.toThrow('cut off');
      expect(await store.load(name)).toBe('the last one');
    });

    test('keeps a large snapshot, and a small one after it', async () => {
      const [store, name] = [makeStore(), newName()];
      const large = Array.from({ length: 20_000 }, () => Math.random().toString(36)).join();
      await store.save(name, [large]);
      expect(await store.load(name)).toBe(large);
      await store.save(name, ['small']);
      expect(await store.load(name)).toBe('small');
    });
  });
}

async function* piecesOf(texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) yield Promise.resolve(text);
}

function* failingAfter(text: string): Generator<string> {
  yield text;
  throw new Error('cut off');
}
