import * as fc from 'fast-check';
import { splitRecords } from './split-records';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('splitRecords', () => {
  it('keeps records together that fit into one segment', () => {
    expect(splitRecords(['a', 'b'])).toEqual([['a', 'b']]);
  });

  it('makes no segment of no records', () => {
    expect(splitRecords([])).toEqual([]);
  });

  it('begins a segment with the record that does not fit any more', () => {
    expect(splitRecords(['aaaa', 'bbbb', 'cc'], 16)).toEqual([['aaaa', 'bbbb'], ['cc']]);
  });

  it('splits at 350 KB when told nothing else', () => {
    const records = Array.from({ length: 40 }, () => 'x'.repeat(10_000));
    expect(splitRecords(records).map((part) => part.length)).toEqual([35, 5]);
  });

  it('refuses a record that is too large alone, and names it', () => {
    expect(() => splitRecords(['a', 'x'.repeat(20)], 16)).toThrow(
      expect.objectContaining({ code: 'record_too_large', index: 1, maxBytes: 16 }),
    );
  });

  it('keeps the order, loses nothing and stays within the bound, for every text', () => {
    const record = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(fc.array(record), fc.integer({ min: 150, max: 400 }), (records, maxBytes) => {
        const parts = splitRecords(records, maxBytes);
        expect(parts.flat()).toEqual(records);
        for (const part of parts) expect(bytesOf(part)).toBeLessThanOrEqual(maxBytes);
      }),
    );
  });
});
