import { Fleet } from '../testing';

const warm = (options: ConstructorParameters<typeof Fleet>[0] = {}) => {
  const fleet = new Fleet(options);
  fleet.run(8 * fleet.t);
  return fleet;
};
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `shop-${from + i}`);
const down = (fleet: Fleet) => fleet.transitions('down').map(({ instanceId }) => instanceId);

describe('a death', () => {
  it.each([1, 3, 20, 200])('of one of %i is late, suspect and down in turn, within 42 s', (members) => {
    const fleet = warm({ members });
    fleet.kill('shop-0');
    const tookMs = fleet.runUntil(() => fleet.state('shop-0') === 'down', 42_000);
    expect(tookMs).toBeGreaterThan(25_000);
    const path = fleet
      .transitions()
      .filter(({ instanceId, from }) => instanceId === 'shop-0' && from !== 'unknown');
    expect(path.map(({ to }) => to)).toEqual(['late', 'suspect', 'down']);
    expect(path.every(({ reason }) => reason === 'silence')).toBe(true);
    expect(down(fleet)).toEqual(['shop-0']);
  });

  it('keeps its proportions at another interval', () => {
    const fleet = warm({ members: 3, intervalMs: 500 });
    fleet.kill('shop-0');
    expect(fleet.runUntil(() => fleet.state('shop-0') === 'down', 2_100)).toBeGreaterThan(1_250);
  });

  it('is judged by the interval that its sender announced', () => {
    const fleet = warm({ members: 3 });
    fleet.member('shop-0').intervalMs = 30_000;
    fleet.run(60_000);
    fleet.kill('shop-0');
    expect(fleet.runUntil(() => fleet.state('shop-0') === 'down', 130_000)).toBeGreaterThan(70_000);
  });

  it('is down even when everybody dies at once', () => {
    const fleet = warm({ members: 20 });
    fleet.kill(...ids(0, 20));
    fleet.run(42_000);
    expect(down(fleet)).toHaveLength(20);
    expect(fleet.detector.channel().blind).toBe(false);
  });

  it('of the only instance is not taken for a stalled queue: the canaries prove the channel', () => {
    const fleet = warm();
    fleet.kill('shop-0');
    fleet.run(42_000);
    expect(fleet.state('shop-0')).toBe('down');
  });
});

describe('a stalled queue', () => {
  it.each([1, 3, 5, 20, 200])(
    'kills nobody of %i, neither while it stands nor while it drains',
    (members) => {
      const fleet = warm({ members });
      fleet.stallFor(120_000);
      fleet.run(400_000);
      expect(fleet.transitions('suspect')).toEqual([]);
      expect(fleet.transitions('down')).toEqual([]);
    },
  );

  it('kills nobody when some come out of it long before the others', () => {
    const fleet = warm({ members: 20 });
    const stall = { fromMs: fleet.nowMs, quickMs: fleet.nowMs + 120_000, slowMs: fleet.nowMs + 134_000 };
    fleet.channel = ({ sender, sentMs }) => {
      const endMs = sender === 'shop-7' || sender === 'canary' ? stall.quickMs : stall.slowMs;
      return [Math.max(50, endMs - sentMs)];
    };
    fleet.run(300_000);
    expect(fleet.transitions('down')).toEqual([]);
  });

  it('hides a death for no longer than 50 s after its end', () => {
    const fleet = warm({ members: 5 });
    fleet.stallFor(120_000);
    fleet.run(60_000);
    fleet.kill('shop-0');
    fleet.run(60_000);
    expect(fleet.runUntil(() => fleet.state('shop-0') === 'down', 50_000)).toBeGreaterThan(10_000);
    expect(down(fleet)).toEqual(['shop-0']);
  });

  it('does not hide a goodbye that still comes through', () => {
    const fleet = warm({ members: 3 });
    fleet.detector.loopStalled(5_000, fleet.nowMs);
    fleet.run(1_000);
    fleet.leave('shop-0');
    fleet.run(1_000);
    expect(fleet.state('shop-0')).toBe('left');
  });
});

describe('while blind', () => {
  it('nobody gets worse than late, and better news still counts', () => {
    const fleet = warm({ members: 3 });
    fleet.kill('shop-0');
    for (let second = 0; second < 60; second++) {
      fleet.detector.loopStalled(2_000, fleet.nowMs);
      fleet.run(1_000);
    }
    expect(fleet.state('shop-0')).toBe('late');
    fleet.beat('shop-0');
    fleet.run(100);
    expect(fleet.state('shop-0')).toBe('up');
  });

  it('what was held comes out when it ends', () => {
    const fleet = warm({ members: 3 });
    fleet.kill('shop-0');
    for (let second = 0; second < 60; second++) {
      fleet.detector.loopStalled(2_000, fleet.nowMs);
      fleet.run(1_000);
    }
    fleet.run(12_000);
    expect(fleet.state('shop-0')).toBe('down');
  });
});

describe('mass silence', () => {
  const mass = (fleet: Fleet) => fleet.facts.filter(({ kind }) => kind === 'mass_silence');

  it.each([
    [20, 5],
    [20, 10],
    [3, 3],
  ])('of %i, %i die: it is raised before they all are down, and they are', (members, dying) => {
    const fleet = warm({ members });
    fleet.kill(...ids(0, dying));
    expect(fleet.runUntil(() => fleet.detector.massSilence, 32_000)).toBeGreaterThan(15_000);
    expect(down(fleet).length).toBeLessThan(dying);
    fleet.run(20_000);
    expect(down(fleet)).toHaveLength(dying);
    fleet.run(120_000);
    expect(mass(fleet)).toHaveLength(2);
    expect(fleet.detector.massSilence).toBe(false);
  });

  it.each([
    [20, 4],
    [3, 2],
  ])('of %i, %i die: that is not many', (members, dying) => {
    const fleet = warm({ members });
    fleet.kill(...ids(0, dying));
    fleet.run(60_000);
    expect(mass(fleet)).toEqual([]);
  });

  it('on a channel that is not proven holds verdicts for T at most', () => {
    const fleet = warm({ members: 20 });
    fleet.channel = () => [8_000];
    fleet.run(30_000);
    expect(fleet.detector.channel()).toMatchObject({ blind: false, proven: false });
    fleet.kill(...ids(0, 10));
    fleet.runUntil(() => fleet.transitions('suspect').length > 0, 40_000);
    fleet.run(10_000);
    expect(fleet.transitions('suspect').length).toBeLessThan(5);
    fleet.run(30_000);
    expect(down(fleet)).toHaveLength(10);
  });
});

describe('k', () => {
  const lossy =
    (every: number) =>
    ({ seq }: { readonly seq: number }) =>
      seq % every === 0 ? [] : [50];

  it('follows the loss that was measured, and each change is a fact', () => {
    const fleet = warm({ members: 20 });
    fleet.channel = lossy(30);
    fleet.run(1_200_000);
    expect(fleet.detector.service('shop')).toMatchObject({ missedBeats: 6 });
    expect(fleet.facts).toContainEqual(expect.objectContaining({ kind: 'threshold', missedBeats: 6 }));
    expect(fleet.detector.service('shop')?.totals.missingBeats).toBeGreaterThan(50);
  });

  it('is not moved by a queue that stalled and was purged', () => {
    const fleet = warm({ members: 5 });
    const startMs = fleet.nowMs;
    fleet.channel = ({ sentMs }) => (sentMs > startMs && sentMs < startMs + 70_000 ? [] : [50]);
    fleet.run(900_000);
    expect(fleet.detector.service('shop')).toMatchObject({ missedBeats: 3, totals: { missingBeats: 0 } });
  });

  it('stays where it was fixed', () => {
    const fleet = warm({ members: 20, fixedMissedBeats: 3 });
    fleet.channel = lossy(10);
    fleet.run(1_200_000);
    expect(fleet.detector.service('shop')?.missedBeats).toBe(3);
  });
});
