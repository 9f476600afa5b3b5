import type { Writer } from './writer';
import { WriterWatch } from './writer-watch';

const writer: Writer = { service: 'b', slot: 0, epoch: 1, lowWater: 1, token: 'a', state: 'held' };

describe('WriterWatch', () => {
  let watch: WriterWatch;
  beforeEach(() => (watch = new WriterWatch()));

  it('says nothing of a writer it sees for the first time', () => {
    expect(watch.observe([writer], 1_000_000)).toEqual([]);
  });

  it('calls a writer abandoned that is the same after exactly 60 s', () => {
    watch.observe([writer], 0);
    expect(watch.observe([writer], 59_999)).toEqual([]);
    expect(watch.observe([writer], 60_000)).toEqual([writer]);
  });

  it.each([{ token: 'b' }, { epoch: 2 }])('starts again when it sees %p', (change) => {
    watch.observe([writer], 0);
    const changed = { ...writer, ...change };
    expect(watch.observe([changed], 60_000)).toEqual([]);
    expect(watch.observe([changed], 119_999)).toEqual([]);
    expect(watch.observe([changed], 120_000)).toEqual([changed]);
  });

  it('leaves a released slot alone, however long it rests', () => {
    const released: Writer = { ...writer, state: 'released' };
    watch.observe([released], 0);
    expect(watch.observe([released], 3_600_000)).toEqual([]);
  });

  it('judges each slot by itself', () => {
    const other: Writer = { ...writer, slot: 1 };
    watch.observe([writer, other], 0);
    const alive = { ...other, token: 'b' };
    expect(watch.observe([writer, alive], 60_000)).toEqual([writer]);
  });

  it('starts all clocks again after a look that failed', () => {
    watch.observe([writer], 0);
    watch.forget();
    expect(watch.observe([writer], 60_000)).toEqual([]);
    expect(watch.observe([writer], 120_000)).toEqual([writer]);
  });
});
