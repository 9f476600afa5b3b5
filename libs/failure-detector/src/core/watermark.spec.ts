import * as fc from 'fast-check';
import { detectorSettings } from './settings';
import { Watermark } from './watermark';

describe('Watermark', () => {
  it('is D behind our clock while the channel delivers', () => {
    const watermark = new Watermark(detectorSettings(), 0);
    for (let i = 1; i <= 50; i++) watermark.observe({ sentMs: 9_950, transitMs: i, atMs: 10_000 });
    watermark.update(10_000);
    expect(watermark.valueMs).toBe(9_950);
    watermark.observe({ sentMs: 10_000, transitMs: 0, atMs: 10_000 });
    watermark.update(10_000);
    expect(watermark.valueMs).toBe(10_000 - watermark.delayMs);
  });

  it('stands still when nothing newer was sent', () => {
    const watermark = new Watermark(detectorSettings(), 0);
    watermark.observe({ sentMs: 5_000, transitMs: 10, atMs: 5_010 });
    watermark.update(60_000);
    watermark.update(90_000);
    expect(watermark.valueMs).toBe(5_000);
  });

  it('never goes back when D rises', () => {
    const watermark = new Watermark(detectorSettings(), 0);
    watermark.observe({ sentMs: 10_000, transitMs: 0, atMs: 10_000 });
    watermark.update(10_000);
    watermark.observe({ sentMs: 10_001, transitMs: 8_000, atMs: 10_001 });
    watermark.update(10_001);
    expect(watermark.valueMs).toBe(10_000);
  });

  it('is monotone and never ahead of our clock, whatever is delivered', () => {
    const delivery = fc.record({ afterMs: fc.nat(20_000), transitMs: fc.nat(60_000) });
    fc.assert(
      fc.property(fc.array(delivery, { maxLength: 100 }), (deliveries) => {
        const watermark = new Watermark(detectorSettings(), 0);
        let nowMs = 0;
        for (const { afterMs, transitMs } of deliveries) {
          nowMs += afterMs;
          const before = watermark.valueMs;
          watermark.observe({ sentMs: nowMs - transitMs, transitMs, atMs: nowMs });
          watermark.update(nowMs);
          expect(watermark.valueMs).toBeGreaterThanOrEqual(before);
          expect(watermark.valueMs).toBeLessThanOrEqual(nowMs);
        }
      }),
    );
  });
});
