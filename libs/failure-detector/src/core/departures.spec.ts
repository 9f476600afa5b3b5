import { Fleet } from '../testing';

const warm = (options: ConstructorParameters<typeof Fleet>[0] = {}) => {
  const fleet = new Fleet(options);
  fleet.run(8 * fleet.t);
  return fleet;
};
const burials = (fleet: Fleet) => fleet.facts.filter(({ kind }) => kind === 'burial');
const minuteMs = 60_000;

describe('a goodbye', () => {
  it('means left within a second, and nobody is paged', () => {
    const fleet = warm({ members: 3 });
    fleet.leave('shop-0');
    fleet.run(1_000);
    expect(fleet.state('shop-0')).toBe('left');
    fleet.run(20 * minuteMs);
    expect(fleet.transitions('down')).toEqual([]);
    expect(fleet.transitions('suspect')).toEqual([]);
  });

  it('arrives though two of its three copies are lost', () => {
    const fleet = warm({ members: 3 });
    let copies = 0;
    fleet.channel = ({ sender }) => (sender === 'shop-0' && copies++ < 2 ? [] : [50]);
    fleet.leave('shop-0');
    fleet.run(1_000);
    expect(fleet.state('shop-0')).toBe('left');
  });

  it('lets the instance not be missed: the service expects one less', () => {
    const fleet = warm({ members: 3 });
    fleet.leave('shop-0');
    fleet.run(1_000);
    expect(fleet.detector.service('shop')).toMatchObject({ expected: 2, alive: 2 });
  });

  it('is final for its incarnation: nothing that it sent revives it', () => {
    const fleet = warm({ members: 3 });
    const member = fleet.member('shop-0');
    const before = fleet.beatOf(member);
    fleet.leave('shop-0');
    fleet.run(1_000);
    expect(fleet.detector.heartbeat(before, fleet.nowMs).result).toBe('late');
    expect(fleet.detector.heartbeat(fleet.beatOf(member), fleet.nowMs).result).toBe('stale');
    expect(fleet.state('shop-0')).toBe('left');
  });

  it('is not final for the next incarnation', () => {
    const fleet = warm({ members: 3 });
    fleet.leave('shop-0');
    fleet.run(20_000);
    fleet.restart('shop-0');
    fleet.run(1_000);
    expect(fleet.state('shop-0')).toBe('up');
    expect(fleet.transitions('up').at(-1)).toMatchObject({ from: 'left', reason: 'restart' });
  });

  it('after a wrong verdict turns down into left', () => {
    const fleet = warm({ members: 3 });
    fleet.kill('shop-0');
    fleet.run(60_000);
    fleet.leave('shop-0');
    fleet.run(1_000);
    expect(fleet.transitions('left')).toEqual([expect.objectContaining({ from: 'down' })]);
  });

  it('is forgotten only when no copy of its beats can be left in a queue', () => {
    const fleet = warm({ members: 3 });
    fleet.leave('shop-0');
    fleet.run(9.5 * minuteMs);
    expect(fleet.state('shop-0')).toBe('left');
    fleet.run(2 * minuteMs);
    expect(fleet.state('shop-0')).toBeUndefined();
    expect(burials(fleet)).toEqual([]);
  });
});

describe('a service whose instances were declared', () => {
  it('expects them also when all of them left, for as long as it takes', () => {
    const fleet = warm({ members: 2, intervalMs: 1_000 });
    fleet.detector.declareExpected('shop', 2);
    fleet.leave('shop-0');
    fleet.leave('shop-1');
    fleet.run(9_000_000);
    expect(fleet.detector.service('shop')).toMatchObject({ expected: 2, alive: 0 });
  });

  it('is known before it was heard', () => {
    const fleet = warm({ members: 1 });
    fleet.detector.declareExpected('cart', 3);
    expect(fleet.detector.service('cart')).toMatchObject({ expected: 3, alive: 0 });
  });

  it('expects what Kubernetes desires while Kubernetes says so', () => {
    const fleet = warm({ members: 1 });
    fleet.detector.declareExpected('shop', 3);
    fleet.detector.expect('shop', { desired: 1 });
    expect(fleet.detector.service('shop')?.expected).toBe(1);
    fleet.detector.expect('shop', {});
    expect(fleet.detector.service('shop')?.expected).toBe(3);
  });
});

describe('a burial', () => {
  it('waits until as many are alive as expected for 5 minutes', () => {
    const fleet = warm({ members: 3 });
    fleet.detector.declareExpected('shop', 3);
    fleet.kill('shop-0');
    fleet.run(20 * minuteMs);
    expect(fleet.state('shop-0')).toBe('down');
    fleet.join('shop-9');
    fleet.run(4.9 * minuteMs);
    expect(fleet.state('shop-0')).toBe('down');
    fleet.run(0.5 * minuteMs);
    expect(fleet.state('shop-0')).toBeUndefined();
    expect(burials(fleet)).toEqual([expect.objectContaining({ instanceId: 'shop-0', reason: 'fulfilled' })]);
    expect(fleet.detector.service('shop')).toMatchObject({
      instances: { down: 0, up: 3 },
      totals: { burials: 1 },
    });
  });

  it('counts the 5 minutes from the death, when there were enough all the time', () => {
    const fleet = warm({ members: 3 });
    fleet.detector.expect('shop', { desired: 2 });
    fleet.run(10 * minuteMs);
    fleet.kill('shop-0');
    fleet.run(4 * minuteMs);
    expect(fleet.state('shop-0')).toBe('down');
    fleet.run(3 * minuteMs);
    expect(fleet.state('shop-0')).toBeUndefined();
  });

  it('of a service whose last instance died waits for 24 h: its alert must not resolve by itself', () => {
    const fleet = warm({ intervalMs: 1_000 });
    fleet.kill('shop-0');
    fleet.run(8_600_000);
    expect(fleet.state('shop-0')).toBe('down');
    expect(fleet.detector.service('shop')).toMatchObject({ expected: 1, alive: 0 });
    fleet.run(100_000);
    expect(burials(fleet)).toEqual([expect.objectContaining({ reason: 'expired' })]);
  });
});

describe('the second witness', () => {
  const pod = (
    fleet: Fleet,
    state: 'ready' | 'not_ready' | 'leaving' | 'deleted',
    instanceId = 'shop-0',
  ): unknown =>
    fleet.facts.push(...fleet.detector.podObserved({ service: 'shop', instanceId, pod: state }, fleet.nowMs));
  const exit = (fleet: Fleet, exitedAtMs = fleet.nowMs): void => {
    const exited = { service: 'shop', instanceId: 'shop-0', pod: 'exited', exitedAtMs } as const;
    fleet.facts.push(...fleet.detector.podObserved(exited, fleet.nowMs));
  };

  it('has a deleted pod down within 5 s', () => {
    const fleet = warm({ members: 3 });
    fleet.kill('shop-0');
    pod(fleet, 'deleted');
    fleet.runUntil(() => fleet.state('shop-0') === 'down', 5_000);
    expect(fleet.transitions('down')).toEqual([expect.objectContaining({ reason: 'pod_deleted' })]);
  });

  it('has an instance whose container exited down within 5 s, and up when its next start is heard', () => {
    const fleet = warm({ members: 3 });
    fleet.kill('shop-0');
    exit(fleet);
    fleet.runUntil(() => fleet.state('shop-0') === 'down', 5_000);
    expect(fleet.transitions('down')).toEqual([expect.objectContaining({ reason: 'pod_exited' })]);
    expect(fleet.detector.instance('shop', 'shop-0')?.pod).toBe('exited');
    fleet.restart('shop-0');
    fleet.run(1_000);
    expect(fleet.state('shop-0')).toBe('up');
  });

  it('does not take the process that was started in place of an exited one for dead, however late it tells', () => {
    const fleet = warm({ members: 3 });
    const exitedAtMs = fleet.nowMs;
    fleet.kill('shop-0');
    fleet.run(1_000);
    fleet.restart('shop-0');
    fleet.run(1_000);
    exit(fleet, exitedAtMs);
    fleet.run(30_000);
    expect(fleet.transitions('down')).toEqual([]);
  });

  it('calls a container mute that is ready again and silent', () => {
    const fleet = warm({ members: 3 });
    fleet.kill('shop-0');
    exit(fleet);
    fleet.run(4_000);
    pod(fleet, 'not_ready');
    expect(fleet.state('shop-0')).toBe('down');
    pod(fleet, 'ready');
    expect(fleet.state('shop-0')).toBe('mute');
  });

  it('does not call a pod mute that was told to end, nor make the name of one known', () => {
    const fleet = warm({ members: 3 });
    pod(fleet, 'ready');
    pod(fleet, 'leaving');
    pod(fleet, 'leaving', 'shop-7');
    expect(fleet.detector.instance('shop', 'shop-0')).toMatchObject({ state: 'up', pod: 'leaving' });
    fleet.kill('shop-0');
    fleet.run(60_000);
    expect(fleet.state('shop-0')).toBe('down');
    expect(fleet.detector.instance('shop', 'shop-7')).toBeUndefined();
  });

  it('leaves a goodbye that is still on its way the time to arrive', () => {
    const fleet = warm({ members: 3, channel: () => [1_500] });
    fleet.leave('shop-0');
    pod(fleet, 'deleted');
    fleet.run(60_000);
    expect(fleet.state('shop-0')).toBe('left');
    expect(fleet.transitions('down')).toEqual([]);
  });

  it('does not have a deleted pod down while blind: its goodbye may be stuck', () => {
    const fleet = warm({ members: 3 });
    fleet.stallFor(60_000);
    fleet.run(30_000);
    fleet.leave('shop-0');
    pod(fleet, 'deleted');
    fleet.run(120_000);
    expect(fleet.state('shop-0')).toBe('left');
    expect(fleet.transitions('down')).toEqual([]);
  });

  it('does not have the last beats of a deleted pod revive it', () => {
    const fleet = warm({ members: 3 });
    const last = fleet.beatOf(fleet.member('shop-0'));
    fleet.kill('shop-0');
    pod(fleet, 'deleted');
    fleet.run(4_000);
    fleet.detector.heartbeat(last, fleet.nowMs);
    expect(fleet.state('shop-0')).toBe('down');
  });

  it('is refuted by heartbeats that were sent well after the deletion', () => {
    const fleet = warm({ members: 3 });
    pod(fleet, 'deleted');
    fleet.run(30_000);
    expect(fleet.state('shop-0')).toBe('up');
  });

  it('calls a silent pod that is ready mute, and down when it is not', () => {
    const fleet = warm({ members: 3 });
    pod(fleet, 'ready');
    fleet.kill('shop-0');
    fleet.run(60_000);
    expect(fleet.state('shop-0')).toBe('mute');
    pod(fleet, 'not_ready');
    fleet.run(1_000);
    expect(fleet.transitions('down')).toEqual([expect.objectContaining({ reason: 'pod_not_ready' })]);
    pod(fleet, 'ready');
    expect(fleet.state('shop-0')).toBe('mute');
    fleet.beat('shop-0');
    fleet.run(100);
    expect(fleet.state('shop-0')).toBe('up');
  });

  describe.each([
    ['calls it not ready', (fleet: Fleet) => pod(fleet, 'not_ready')],
    ['is lost', (fleet: Fleet) => fleet.facts.push(...fleet.detector.podWitnessLost(fleet.nowMs))],
  ])('%s while the monitor is blind', (_, happens) => {
    const muteWhileBlind = () => {
      const fleet = warm({ members: 3 });
      pod(fleet, 'ready');
      fleet.kill('shop-0');
      fleet.run(60_000);
      fleet.stallFor(60_000);
      fleet.run(30_000);
      happens(fleet);
      return fleet;
    };

    it('leaves a mute instance mute until it sees again, then down', () => {
      const fleet = muteWhileBlind();
      fleet.run(25_000);
      expect(fleet.state('shop-0')).toBe('mute');
      fleet.run(60_000);
      expect(fleet.state('shop-0')).toBe('down');
    });

    it('lets it be heard meanwhile', () => {
      const fleet = muteWhileBlind();
      fleet.restart('shop-0');
      fleet.run(120_000);
      expect(fleet.state('shop-0')).toBe('up');
      expect(fleet.transitions('down')).toEqual([]);
    });
  });

  it('that calls it ready again before the monitor sees leaves a mute instance mute', () => {
    const fleet = warm({ members: 3 });
    pod(fleet, 'ready');
    fleet.kill('shop-0');
    fleet.run(60_000);
    fleet.stallFor(60_000);
    fleet.run(30_000);
    pod(fleet, 'not_ready');
    pod(fleet, 'ready');
    fleet.run(120_000);
    expect(fleet.state('shop-0')).toBe('mute');
  });

  it('knows a pod that never spoke by name, and calls it mute once it should have spoken', () => {
    const fleet = warm({ members: 1 });
    pod(fleet, 'ready', 'shop-7');
    expect(fleet.detector.instance('shop', 'shop-7')?.state).toBe('unknown');
    fleet.run(60_000);
    expect(fleet.detector.instance('shop', 'shop-7')?.state).toBe('mute');
  });

  it('takes the first heartbeat of a pod it knows by name', () => {
    const fleet = warm({ members: 1 });
    pod(fleet, 'ready', 'shop-7');
    fleet.join('shop-7');
    fleet.run(60_000);
    expect(fleet.state('shop-7')).toBe('up');
    expect(fleet.detector.service('shop')).toMatchObject({ alive: 2, instances: { unknown: 0 } });
  });

  it('forgets a pod that never spoke when it is deleted, and when the witness is lost', () => {
    const fleet = warm({ members: 1 });
    for (const id of ['shop-7', 'shop-8']) pod(fleet, 'ready', id);
    fleet.run(60_000);
    pod(fleet, 'deleted', 'shop-7');
    fleet.facts.push(...fleet.detector.podWitnessLost(fleet.nowMs));
    expect(fleet.detector.service('shop')).toMatchObject({
      instances: { up: 1, mute: 0, unknown: 0, down: 0 },
    });
    expect(burials(fleet)).toEqual([
      expect.objectContaining({ instanceId: 'shop-7', reason: 'pod_deleted' }),
      expect.objectContaining({ instanceId: 'shop-8', reason: 'witness_lost' }),
    ]);
  });

  it('that is lost leaves the verdict to silence', () => {
    const fleet = warm({ members: 3 });
    pod(fleet, 'ready');
    fleet.kill('shop-0');
    fleet.facts.push(...fleet.detector.podWitnessLost(fleet.nowMs));
    fleet.run(60_000);
    expect(fleet.state('shop-0')).toBe('down');
  });
});
