import { GapWatch } from './gap-watch';
import { LossMeter } from './loss-meter';
import { missedBeatsFor } from './missed-beats';
import { SequenceWindow } from './sequence-window';
import { detectorSettings } from './settings';

const settings = detectorSettings();

function meterAfter(seen: number, missing: number): LossMeter {
  const meter = new LossMeter(settings);
  for (let i = 0; i < seen; i++) meter.countSeen();
  meter.countMissing(missing);
  return meter;
}

describe('LossMeter', () => {
  it('takes an unknown channel for a good one', () => {
    expect(missedBeatsFor(meterAfter(0, 0).loss)).toBe(3);
  });

  it('does not call one lost of ten a loss of 10 %', () => {
    expect(meterAfter(9, 1).loss).toBeCloseTo(1.1 / 209, 9);
  });

  it('forgets what is older than 50,000 beats', () => {
    const meter = meterAfter(1, 4_000);
    for (let i = 0; i < 50_000; i++) meter.countSeen();
    expect(meter.loss).toBeLessThan(1e-5);
  });

  it('is the same after it was saved and loaded', () => {
    const meter = meterAfter(12_345, 67);
    expect(new LossMeter(settings, meter.save()).loss).toBe(meter.loss);
  });
});

describe('GapWatch', () => {
  const gapOf = (window: SequenceWindow, count: number, atMs = 1_000_000) => ({
    window,
    firstSeq: 11,
    count,
    fromMs: atMs,
    toMs: atMs,
  });
  const windowWithGap = (count: number) => {
    const window = SequenceWindow.startingAt(10);
    window.mark(11 + count);
    return window;
  };

  it('counts a gap after 6 T, and once', () => {
    const watch = new GapWatch(settings);
    watch.add(gapOf(windowWithGap(2), 2));
    expect(watch.ripen(1_060_000, 0)).toBe(0);
    expect(watch.ripen(1_060_001, 0)).toBe(2);
    expect(watch.ripen(1_200_000, 0)).toBe(0);
  });

  it('does not count what was filled later', () => {
    const watch = new GapWatch(settings);
    const window = windowWithGap(2);
    watch.add(gapOf(window, 2));
    window.mark(12);
    expect(watch.ripen(1_100_000, 0)).toBe(1);
  });

  it('takes more than 8 in a row for an outage', () => {
    const watch = new GapWatch(settings);
    watch.add(gapOf(windowWithGap(8), 8));
    watch.add(gapOf(windowWithGap(9), 9));
    expect(watch.ripen(1_100_000, 0)).toBe(8);
  });

  it.each([
    ['before', 940_000],
    ['after', 1_055_000],
  ])('does not count a gap within 6 T of a blind period %s it', (_name, lastBlindMs) => {
    const watch = new GapWatch(settings);
    watch.add(gapOf(windowWithGap(1), 1));
    expect(watch.ripen(1_100_000, lastBlindMs)).toBe(0);
  });
});
