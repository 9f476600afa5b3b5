import type { Segment, SegmentStore } from '../core/segment';

/** One record, as rich as JSON is. */
export type ContractRecord = { readonly id: string; readonly data: unknown };

/**
 * What every {@link SegmentStore} must do. `makeStore` may answer the same store each time; each test uses
 * a service name of its own, made by `newService`.
 */
export function describeSegmentStoreContract(
  name: string,
  makeStore: () => SegmentStore<ContractRecord> | Promise<SegmentStore<ContractRecord>>,
  newService: () => string,
): void {
  describe(`segment store: ${name}`, () => {
    let store: SegmentStore<ContractRecord>;
    let segment: Segment<ContractRecord>;

    beforeEach(async () => {
      store = await makeStore();
      segment = segmentOf(newService());
    });

    it('answers nothing for a number that was never taken', async () => {
      expect(await store.read(segment)).toBeUndefined();
    });

    it('gives back a segment as it was appended', async () => {
      expect(await store.appendIfAbsent(segment)).toEqual({ outcome: 'stored' });
      expect(await store.read(segment)).toEqual(segment);
    });

    it('refuses a number that is taken, answers what has it, and changes nothing', async () => {
      await store.appendIfAbsent(segment);
      const late = { ...segment, epoch: 9, token: 'late', records: [] };
      expect(await store.appendIfAbsent(late)).toEqual({ outcome: 'refused', stored: segment });
      expect(await store.read(segment)).toEqual(segment);
    });

    it('refuses a repetition of the same append, so that its token shows the earlier success', async () => {
      await store.appendIfAbsent(segment);
      expect(await store.appendIfAbsent(segment)).toEqual({ outcome: 'refused', stored: segment });
    });

    it('refuses records where a seal has the number', async () => {
      const seal: Segment<ContractRecord> = { ...segment, kind: 'seal', token: 'seal', records: [] };
      await store.appendIfAbsent(seal);
      expect(await store.appendIfAbsent(segment)).toEqual({ outcome: 'refused', stored: seal });
    });

    it('lets one of many appends of one number through', async () => {
      const appends = Array.from({ length: 8 }, (_, i) => ({ ...segment, token: `token-${i}` }));
      const writes = await Promise.all(appends.map((append) => store.appendIfAbsent(append)));
      expect(writes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    });

    it('keeps numbers and slots of a service apart', async () => {
      const others = [
        { ...segment, number: 2 },
        { ...segment, slot: 1 },
      ];
      for (const each of [segment, ...others])
        expect(await store.appendIfAbsent(each)).toEqual({ outcome: 'stored' });
      for (const each of [segment, ...others]) expect(await store.read(each)).toEqual(each);
    });

    it('gives back every kind of JSON value exactly', async () => {
      const records = [
        { id: '', data: null },
        { id: 'numbers', data: [0, -1, 0.1, 1e21, 5e-324, 1.7976931348623157e308, 2 ** 53 + 2] },
        { id: 'texts', data: ['', 'ä', '😀', '\ud800', '\u0000'] },
        { id: 'names', data: { '': 1, 'a.b': { '#': [] }, set: {} } },
      ];
      await store.appendIfAbsent({ ...segment, records });
      expect((await store.read(segment))?.records).toEqual(records);
    });

    it('holds a full segment of 350 KB', async () => {
      const records = Array.from({ length: 350 }, (_, i) => ({ id: `${i}`, data: 'x'.repeat(1_000) }));
      await store.appendIfAbsent({ ...segment, records });
      expect((await store.read(segment))?.records).toEqual(records);
    });
  });
}

function segmentOf(service: string): Segment<ContractRecord> {
  return {
    service,
    slot: 0,
    number: 1,
    kind: 'records',
    epoch: 3,
    token: 'token',
    records: [
      { id: 'e-1', data: { value: 1.5, list: [true, null] } },
      { id: 'e-2', data: 'text' },
    ],
    writtenAtMs: 1_700_000_000_123,
    expiresAtEpochSeconds: 4_000_000_000,
  };
}
