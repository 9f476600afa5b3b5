import { MassSilence } from './mass-silence';
import { detectorSettings } from './settings';

const made = () => new MassSilence(detectorSettings());
const cross = (mass: MassSilence, count: number, atMs = 0) => {
  for (let i = 0; i < count; i++) mass.crossed({ atMs, trusted: 1 });
};

describe('MassSilence', () => {
  it.each([
    [2, 2, false],
    [3, 3, true],
    [4, 20, false],
    [5, 20, true],
  ])('for %i crossings of %i instances is %s: more than 20 %%, at least 3', (silent, trusted, raised) => {
    const mass = made();
    cross(mass, silent);
    mass.update({ nowMs: 0, trusted, proven: true });
    expect(mass.raised).toBe(raised);
  });

  it('counts only those who crossed within T, as it is seen in steps of the canary', () => {
    const mass = made();
    cross(mass, 2, 0);
    cross(mass, 1, 16_001);
    expect(mass.update({ nowMs: 16_001, trusted: 3, proven: true }).silent).toBe(1);
    expect(mass.raised).toBe(false);
  });

  it('counts those who went down meanwhile among the trusted', () => {
    const mass = made();
    for (let i = 0; i < 4; i++) mass.crossed({ atMs: 0, trusted: 20 });
    mass.update({ nowMs: 12_000, trusted: 16, proven: true });
    expect(mass.raised).toBe(false);
  });

  it('is raised at once and holds nothing on a proven channel', () => {
    const mass = made();
    cross(mass, 5);
    expect(mass.update({ nowMs: 0, trusted: 5, proven: true })).toMatchObject({ hold: false, changed: true });
  });

  it('holds on a channel that is not proven, for T at most, however many more cross', () => {
    const mass = made();
    for (let nowMs = 0; nowMs < 30_000; nowMs += 1_000) {
      cross(mass, 5, nowMs);
      expect(mass.update({ nowMs, trusted: 20, proven: false }).hold).toBe(nowMs < 10_000);
    }
  });

  it('stays raised long enough for a scrape and ends by itself', () => {
    const mass = made();
    cross(mass, 3);
    mass.update({ nowMs: 0, trusted: 3, proven: true });
    mass.update({ nowMs: 16_000, trusted: 3, proven: true });
    mass.update({ nowMs: 76_000, trusted: 3, proven: true });
    expect(mass.raised).toBe(true);
    expect(mass.update({ nowMs: 76_001, trusted: 3, proven: true }).changed).toBe(true);
    expect(mass.raised).toBe(false);
  });
});
