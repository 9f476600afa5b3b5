import * as fc from 'fast-check';
import { SenderClock } from './sender-clock';
import { detectorSettings } from './settings';

const settings = detectorSettings();

/** A sender whose two clocks can be moved; `beat` gives the believed transit of one heartbeat. */
function sender(wallOffsetMs = 0) {
  const clock = new SenderClock(settings);
  const state = { wallOffsetMs, suspendedMs: 0 };
  const readingAt = (sentMs: number, transitMs: number) => ({
    sentAtMs: sentMs + state.wallOffsetMs,
    uptimeMs: sentMs - state.suspendedMs,
    receivedAtMs: sentMs + transitMs,
  });
  const beat = (sentMs: number, transitMs: number, proven = true) =>
    clock.learn(readingAt(sentMs, transitMs), proven);
  return { clock, state, beat, readingAt };
}

describe('SenderClock', () => {
  it('knows no transit before the first heartbeat', () => {
    expect(sender().beat(0, 50)).toBeUndefined();
  });

  it('measures transit above the least one, however wrong the wall clock is', () => {
    const { beat } = sender(300_000);
    beat(0, 50);
    expect(beat(10_000, 850)).toBe(800);
    expect(beat(20_000, 50)).toBe(0);
  });

  it.each([-300_000, 300_000])(
    'believes the monotonic clock when the wall clock is stepped by %i ms',
    (stepMs) => {
      const { beat, state } = sender();
      beat(0, 50);
      state.wallOffsetMs = stepMs;
      expect(beat(10_000, 450)).toBeLessThanOrEqual(400);
    },
  );

  it('believes the wall clock when the monotonic clock stood still', () => {
    const { beat, state } = sender();
    beat(0, 50);
    state.suspendedMs = 60_000;
    expect(beat(70_000, 450)).toBe(400);
  });

  it('lets the minimum rise again after 10 minutes', () => {
    const { beat, state } = sender();
    beat(0, 50);
    state.wallOffsetMs = -5_000;
    state.suspendedMs = 2_000;
    expect(beat(10_000, 50)).toBe(2_000);
    for (let sentMs = 20_000; sentMs <= 610_000; sentMs += 10_000) beat(sentMs, 50);
    expect(beat(620_000, 50)).toBe(0);
  });

  describe('when both clocks jumped', () => {
    const jump = () => {
      const made = sender();
      made.beat(0, 50);
      made.state.wallOffsetMs = -60_000;
      made.state.suspendedMs = 60_000;
      return made;
    };

    it('learns the new offsets from the second beat that agrees, on a proven channel', () => {
      const { beat } = jump();
      expect(beat(70_000, 50)).toBe(60_000);
      expect(beat(80_000, 450)).toBe(0);
      expect(beat(90_000, 450)).toBe(0);
    });

    it('learns nothing from beats that do not agree within 1 s', () => {
      const { beat } = jump();
      beat(70_000, 50);
      expect(beat(80_000, 1_100)).toBe(61_050);
    });

    it('learns nothing on a channel that is not proven: it may be the channel that is slow', () => {
      const { beat } = jump();
      beat(70_000, 50, false);
      expect(beat(80_000, 50, false)).toBe(60_000);
    });
  });

  it('keeps the wall offset over a restart and forgets the monotonic one', () => {
    const { clock, beat } = sender();
    beat(0, 50);
    clock.beginIncarnation();
    expect(clock.transitMs({ sentAtMs: 20_000, uptimeMs: 0, receivedAtMs: 20_650 })).toBe(600);
  });

  it('is the same after it was saved and loaded', () => {
    const { clock, beat, readingAt } = sender(7_000);
    beat(0, 50);
    const loaded = SenderClock.load(settings, JSON.parse(JSON.stringify(clock.save())) as never);
    expect(loaded.transitMs(readingAt(10_000, 350))).toBe(clock.transitMs(readingAt(10_000, 350)));
  });

  it('never finds a negative transit, nor one above the true transit', () => {
    const transits = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(transits, fc.integer({ min: -300_000, max: 300_000 }), (all, offsetMs) => {
        const { beat } = sender(offsetMs);
        for (const [i, transitMs] of all.entries()) {
          const believed = beat(i * 10_000, transitMs, false) ?? 0;
          expect(believed).toBeGreaterThanOrEqual(0);
          expect(believed).toBeLessThanOrEqual(transitMs);
        }
      }),
    );
  });
});
