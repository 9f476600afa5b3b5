import { Fleet } from '../testing';

const warm = (options: ConstructorParameters<typeof Fleet>[0] = {}) => {
  const fleet = new Fleet(options);
  fleet.run(6.2 * fleet.t);
  return fleet;
};

describe('which heartbeats count', () => {
  it('accepts a higher sequence number of the same incarnation', () => {
    const fleet = warm();
    const outcome = fleet.detector.heartbeat(fleet.beatOf(fleet.member('shop-0')), fleet.nowMs);
    expect(outcome.result).toBe('accepted');
    expect(outcome.transitMs).toBe(0);
  });

  it('calls a second copy a duplicate, and it changes nothing', () => {
    const fleet = warm();
    const beat = fleet.beatOf(fleet.member('shop-0'));
    fleet.detector.heartbeat(beat, fleet.nowMs);
    const before = fleet.detector.instance('shop', 'shop-0');
    expect(fleet.detector.heartbeat(beat, fleet.nowMs + 9_000).result).toBe('duplicate');
    expect(fleet.detector.instance('shop', 'shop-0')).toEqual(before);
  });

  it('calls a beat that a newer one overtook late, and the second copy of it a duplicate', () => {
    const fleet = warm();
    const older = fleet.beatOf(fleet.member('shop-0'));
    fleet.beat('shop-0');
    fleet.run(100);
    expect(fleet.detector.heartbeat(older, fleet.nowMs).result).toBe('late');
    expect(fleet.detector.heartbeat(older, fleet.nowMs).result).toBe('duplicate');
  });

  it('never revives anyone by a late heartbeat', () => {
    const fleet = warm({ members: 3 });
    const held = fleet.beatOf(fleet.member('shop-0'));
    fleet.beat('shop-0');
    fleet.kill('shop-0');
    fleet.run(6 * fleet.t);
    fleet.detector.heartbeat(held, fleet.nowMs);
    fleet.run(fleet.t);
    expect(fleet.state('shop-0')).toBe('down');
  });

  it('does not revive the dead by a heartbeat that waited in a queue, though its number is the highest', () => {
    const fleet = warm({ members: 3 });
    const held = fleet.beatOf(fleet.member('shop-0'));
    fleet.kill('shop-0');
    fleet.run(6 * fleet.t);
    expect(fleet.detector.heartbeat(held, fleet.nowMs).result).toBe('accepted');
    expect(fleet.state('shop-0')).toBe('down');
  });

  it('revives the dead by a heartbeat of now', () => {
    const fleet = warm({ members: 3 });
    fleet.kill('shop-0');
    fleet.run(6 * fleet.t);
    fleet.beat('shop-0');
    fleet.run(100);
    expect(fleet.state('shop-0')).toBe('up');
    expect(fleet.transitions('up').at(-1)).toMatchObject({ from: 'down', reason: 'heartbeat' });
  });

  it('tells a restart from a gap: one fact, no death, nothing missing', () => {
    const fleet = warm({ members: 3 });
    fleet.restart('shop-0');
    fleet.run(30 * fleet.t);
    expect(fleet.facts.filter(({ kind }) => kind === 'restart')).toEqual([
      expect.objectContaining({ incarnation: 'shop-0/2', replacedIncarnation: 'shop-0/1' }),
    ]);
    expect(fleet.transitions('down')).toEqual([]);
    expect(fleet.detector.service('shop')?.totals).toMatchObject({ restarts: 1, missingBeats: 0 });
  });

  it.each([1, 2, 3, 4])(
    'refuses what still comes from an incarnation replaced %i restarts ago',
    (restarts) => {
      const fleet = warm();
      const old = { ...fleet.beatOf(fleet.member('shop-0')), epoch: 99 };
      for (let i = 0; i < restarts; i++) {
        fleet.restart('shop-0');
        fleet.beat('shop-0');
        fleet.run(1_000);
      }
      expect(fleet.detector.heartbeat({ ...old, seq: 99, sentAtMs: fleet.nowMs }, fleet.nowMs).result).toBe(
        'stale',
      );
    },
  );

  it('refuses an incarnation it never saw whose beat is older than what is known', () => {
    const fleet = warm();
    const skipped = { ...fleet.beatOf(fleet.member('shop-0')), incarnation: 'skipped', epoch: 2 };
    fleet.run(fleet.t);
    fleet.restart('shop-0', { epoch: 3 });
    fleet.run(fleet.t);
    expect(fleet.detector.heartbeat(skipped, fleet.nowMs).result).toBe('stale');
  });

  it('adopts a restart whose wall clock was stepped back when a second beat agrees', () => {
    const fleet = warm();
    fleet.member('shop-0').wallOffsetMs = -300_000;
    fleet.restart('shop-0');
    fleet.run(0.9 * fleet.t);
    expect(fleet.detector.service('shop')?.totals.restarts).toBe(0);
    fleet.run(2 * fleet.t);
    expect(fleet.detector.service('shop')?.totals.restarts).toBe(1);
    fleet.run(20 * fleet.t);
    expect(fleet.transitions('down')).toEqual([]);
  });

  it('refuses a lower epoch while the higher one is heard: the instance id was copied', () => {
    const fleet = warm();
    fleet.restart('shop-0', { epoch: 7 });
    fleet.run(2 * fleet.t);
    const stolen = { ...fleet.beatOf(fleet.member('shop-0')), incarnation: 'thief', epoch: 6 };
    expect(fleet.detector.heartbeat(stolen, fleet.nowMs).result).toBe('stale');
    fleet.run(5 * fleet.t);
    expect(fleet.detector.instance('shop', 'shop-0')).toMatchObject({ incarnation: 'shop-0/7', state: 'up' });
  });

  describe('with a lower epoch than the known incarnation', () => {
    const withThief = (start: 'beside' | 'after') => {
      const fleet = warm({ members: 3 });
      fleet.restart('shop-0', { epoch: 10 });
      fleet.run(2 * fleet.t);
      if (start === 'after') fleet.kill('shop-0');
      fleet.run(fleet.t / 2);
      const startedMs = fleet.nowMs;
      let seq = 0;
      const beat = () => {
        const uptimeMs = fleet.nowMs - startedMs;
        const stolen = { ...fleet.beatOf(fleet.member('shop-0')), incarnation: 'other', epoch: 1 };
        fleet.send({ ...stolen, uptimeMs, seq: ++seq });
        fleet.after(fleet.t, beat);
      };
      beat();
      fleet.run(2 * fleet.t);
      if (start === 'beside') fleet.kill('shop-0');
      return fleet;
    };

    it('does not hide the death of the instance that it ran beside, nor stand in for it later', () => {
      const fleet = withThief('beside');
      fleet.run(5 * fleet.t);
      expect(fleet.state('shop-0')).toBe('down');
      fleet.run(20 * fleet.t);
      expect(fleet.detector.instance('shop', 'shop-0')).toMatchObject({
        incarnation: 'shop-0/10',
        state: 'down',
      });
    });

    it('is refused beside a goodbye, too, until that is forgotten', () => {
      const fleet = withThief('beside');
      fleet.leave('shop-0');
      fleet.run(20 * fleet.t);
      expect(fleet.state('shop-0')).toBe('left');
    });

    it('that started after it fell silent counts once its death was told: its store of epochs may be lost', () => {
      const fleet = withThief('after');
      fleet.run(5 * fleet.t);
      expect(fleet.transitions('down')).toEqual([expect.objectContaining({ incarnation: 'shop-0/10' })]);
      expect(fleet.detector.instance('shop', 'shop-0')).toMatchObject({ incarnation: 'other', state: 'up' });
    });
  });

  it('counts every heartbeat under its result', () => {
    const fleet = warm({ channel: () => [50, 60, 70] });
    const { heartbeats } = fleet.detector.service('shop')?.totals ?? { heartbeats: undefined };
    expect(heartbeats).toEqual({ accepted: 7, duplicate: 14, late: 0, stale: 0, overflow: 0 });
  });

  it('reports starting and draining as such, and both as alive', () => {
    const fleet = warm();
    fleet.member('shop-0').phase = 'starting';
    fleet.run(fleet.t);
    expect(fleet.detector.service('shop')).toMatchObject({ alive: 1, instances: { starting: 1, up: 0 } });
    fleet.member('shop-0').phase = 'draining';
    fleet.run(fleet.t);
    expect(fleet.detector.service('shop')).toMatchObject({ alive: 1, instances: { draining: 1, up: 0 } });
  });

  it('keeps the interval that a sender announces within reason', () => {
    const fleet = warm();
    const beat = fleet.beatOf(fleet.member('shop-0'));
    fleet.detector.heartbeat({ ...beat, seq: 90, intervalMs: 1e12 }, fleet.nowMs);
    expect(fleet.detector.instance('shop', 'shop-0')?.intervalMs).toBe(100 * fleet.t);
    fleet.detector.heartbeat({ ...beat, seq: 91, intervalMs: 1 }, fleet.nowMs);
    expect(fleet.detector.instance('shop', 'shop-0')?.intervalMs).toBe(fleet.t / 10);
  });
});

describe('a full table', () => {
  it('refuses instances beyond the bound of their service, and says so', () => {
    const fleet = warm({ members: 5, maxInstancesPerService: 3 });
    expect([...fleet.detector.instances('shop')]).toHaveLength(3);
    expect(fleet.detector.service('shop')?.totals.heartbeats.overflow).toBeGreaterThan(0);
    expect(fleet.detector.overflowed).toBe(fleet.detector.service('shop')?.totals.heartbeats.overflow);
  });

  it('refuses services beyond its bound without learning their names', () => {
    const fleet = warm({ maxServices: 1 });
    fleet.join('other-0', { service: 'other' });
    fleet.run(fleet.t);
    expect(fleet.detector.services().map(({ service }) => service)).toEqual(['shop']);
    expect(fleet.detector.overflowed).toBeGreaterThan(0);
  });

  it('refuses instances beyond the bound of all services', () => {
    const fleet = warm({ members: 2, maxInstances: 2 });
    fleet.join('other-0', { service: 'other' });
    fleet.run(fleet.t);
    expect([...fleet.detector.instances()]).toHaveLength(2);
  });
});

describe('a sender out of bounds', () => {
  it('with 10,000 beats a second changes no verdict of others, nor the channel', () => {
    const fleet = warm({ members: 3 });
    for (let i = 0; i < 10_000; i++) fleet.beat('shop-0');
    fleet.kill('shop-1');
    fleet.run(5 * fleet.t);
    expect([0, 1, 2].map((i) => fleet.state(`shop-${i}`))).toEqual(['up', 'down', 'up']);
    expect(fleet.detector.channel().blind).toBe(false);
  });

  it('with 10,000 slow beats at once makes the channel no slower', () => {
    const fleet = warm({ members: 3 });
    fleet.channel = () => [9_000];
    for (let i = 0; i < 10_000; i++) fleet.beat('shop-0');
    fleet.channel = () => [50];
    fleet.run(9_500);
    expect(fleet.detector.channel()).toMatchObject({ delayMs: 50, proven: true });
  });

  it('from the far future changes no verdict of others', () => {
    const fleet = warm({ members: 3 });
    fleet.member('shop-0').wallOffsetMs = 1e12;
    fleet.run(10 * fleet.t);
    expect([0, 1, 2].map((i) => fleet.state(`shop-${i}`))).toEqual(['up', 'up', 'up']);
    expect(fleet.detector.channel().watermarkMs).toBeLessThanOrEqual(fleet.nowMs);
  });
});
