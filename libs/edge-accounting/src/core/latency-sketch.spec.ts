import * as fc from 'fast-check';
import { LatencySketch, RELATIVE_ERROR } from './latency-sketch';

const latency = fc.double({ min: 1, max: 864_000_000, noNaN: true });
const latencies = fc.array(latency, { minLength: 1, maxLength: 100 });

function sketchOf(values: readonly number[]): LatencySketch {
  const sketch = new LatencySketch();
  for (const value of values) sketch.record(value);
  return sketch;
}

describe('LatencySketch', () => {
  it('answers every quantile within its relative error', () => {
    fc.assert(
      fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? 0;
        const answer = sketchOf(values).quantile(q) ?? 0;
        // Up to 1 ms everything is one bucket.
        expect(Math.abs(answer - exact)).toBeLessThanOrEqual(
          Math.max(0.5, exact * RELATIVE_ERROR * 1.000_001),
        );
      }),
    );
  });

  it('has no quantile while it is empty', () => {
    expect(new LatencySketch().quantile(0.5)).toBeUndefined();
  });

  it('counts a negative latency as none and an endless one as the longest', () => {
    const sketch = sketchOf([-5_000, Number.POSITIVE_INFINITY, Number.NaN]);
    expect([sketch.count, sketch.quantile(0), Math.round((sketch.quantile(1) ?? 0) / 864_000_000)]).toEqual([
      2, 0.5, 1,
    ]);
  });

  it('has no more than 207 counters, whatever is recorded', () => {
    const sketch = new LatencySketch();
    for (let value = 0.1; value < 1e12; value *= 1.01) sketch.record(value);
    expect(sketch.toWire().length / 2).toBeLessThanOrEqual(207);
  });

  it('adds two sources to the sketch of all their values', () => {
    fc.assert(
      fc.property(latencies, latencies, (a, b) => {
        const sum = sketchOf(a);
        sum.add(sketchOf(b));
        expect(sum.toWire()).toEqual(sketchOf([...a, ...b]).toWire());
        expect(sum.count).toBe(a.length + b.length);
      }),
    );
  });

  it('joins reports of one source in any order and any number to the newest', () => {
    fc.assert(
      fc.property(latencies, latencies, (early, later) => {
        const [first, second] = [sketchOf(early), sketchOf([...early, ...later])];
        const joined = new LatencySketch();
        for (const report of [second, first, second, first]) joined.join(report);
        expect(joined.toWire()).toEqual(second.toWire());
        expect(joined.count).toBe(second.count);
      }),
    );
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const wire = sketchOf(values).toWire();
        expect(LatencySketch.fromWire(JSON.parse(JSON.stringify(wire)))?.toWire()).toEqual(wire);
      }),
    );
  });

  it.each([
    [undefined],
    [{}],
    [[1]],
    [[1, 0]],
    [[1, -1]],
    [[-1, 1]],
    [[207, 1]],
    [[2, 1, 1, 1]],
    [[1, 1, 1, 1]],
    [[1, '1']],
    [[0.5, 1]],
  ])('refuses %j from outside', (value) => {
    expect(LatencySketch.fromWire(value)).toBeUndefined();
  });
});
