import { ClockSkews } from './clock-skews';

const T = 10_000;
const at = (beat: number, skewMs: number) => ({ skewMs, atMs: beat * T, intervalMs: T });

describe('ClockSkews', () => {
  test('tells the farthest clock of a service, with its sign', () => {
    const skews = new ClockSkews();
    for (const skewMs of [20, -300, 200]) skews.observe('shop', at(0, skewMs));
    skews.observe('other', at(0, 9_000));
    expect(skews.farthestMs('shop', 0)).toBe(-300);
  });

  test('remembers a clock while its sender is heard once in a while', () => {
    const skews = new ClockSkews();
    skews.observe('shop', at(5, -300));
    for (let beat = 6; beat < 12; beat += 1) skews.observe('shop', at(beat, 10));
    expect(skews.farthestMs('shop', 11 * T)).toBe(-300);
  });

  test('forgets a clock that was not heard for two windows', () => {
    const skews = new ClockSkews();
    skews.observe('shop', at(0, -300));
    for (let beat = 1; beat < 13; beat += 1) skews.observe('shop', at(beat, 10));
    expect(skews.farthestMs('shop', 12 * T)).toBe(10);
    skews.observe('shop', at(100, 1));
    expect(skews.farthestMs('shop', 100 * T)).toBe(1);
  });

  test('forgets the clock of a service that fell silent or left, after two windows', () => {
    const skews = new ClockSkews();
    skews.observe('shop', at(0, -300));
    expect(skews.farthestMs('shop', 11 * T)).toBe(-300);
    expect(skews.farthestMs('shop', 12 * T)).toBe(0);
  });

  test('knows nothing of a service that is not there any more', () => {
    const skews = new ClockSkews();
    skews.observe('shop', at(0, -300));
    skews.keepOnly(new Set());
    expect(skews.farthestMs('shop', 0)).toBe(0);
  });
});
