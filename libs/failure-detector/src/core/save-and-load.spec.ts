import { Fleet } from '../testing';
import { TornSnapshotError, UnknownSnapshotError } from './errors';
import { type DetectorSnapshot, joinSnapshot } from './snapshot';

const asStored = (snapshot: DetectorSnapshot) => JSON.parse(JSON.stringify(snapshot)) as DetectorSnapshot;

/** A fleet that ran, was killed after its snapshot, and runs again `downMs` later. */
function restarted(before: Fleet, members: number, downMs = 0): Fleet {
  return new Fleet({
    members,
    startMs: before.nowMs + downMs,
    snapshot: asStored(before.detector.snapshot()),
  });
}

describe('a restarted detector', () => {
  it('changes no verdict: up stays up, left stays left, down stays down', () => {
    const before = new Fleet({ members: 4 });
    before.run(100_000);
    before.kill('shop-3');
    before.run(60_000);
    before.leave('shop-2');
    before.run(2_000);
    const after = restarted(before, 2);
    expect([...after.detector.instances()].map(({ state }) => state)).toEqual(['up', 'up', 'left', 'down']);
    expect(after.detector.service('shop')).toMatchObject({ alive: 2, instances: { left: 1, down: 1 } });
    for (const id of ['shop-0', 'shop-1']) after.member(id).seq = 50;
    after.run(300_000);
    expect(after.transitions('down')).toEqual([]);
  });

  it('warms up for k T, the saved k', () => {
    const before = new Fleet({ members: 20, channel: ({ seq }) => (seq % 30 === 0 ? [] : [50]) });
    before.run(1_200_000);
    const after = restarted(before, 20);
    expect(after.detector.service('shop')?.missedBeats).toBe(6);
    after.run(59_000);
    expect(after.detector.channel().reasons).toEqual(['warming']);
    after.run(1_000);
    expect(after.detector.channel().blind).toBe(false);
  });

  it('declares those dead who died while it was away', () => {
    const before = new Fleet({ members: 3 });
    before.run(100_000);
    const after = restarted(before, 2, 5_000);
    for (const id of ['shop-0', 'shop-1']) after.member(id).seq = 50;
    after.run(45_000);
    expect(after.transitions('down').map(({ instanceId }) => instanceId)).toEqual(['shop-2']);
  });

  it('still refuses copies and replaced incarnations', () => {
    const before = new Fleet();
    before.run(55_000);
    const old = before.beatOf(before.member('shop-0'));
    before.restart('shop-0');
    before.run(20_000);
    const copy = { ...before.beatOf(before.member('shop-0')), seq: before.member('shop-0').seq - 1 };
    const after = restarted(before, 0);
    expect(after.detector.heartbeat(old, after.nowMs).result).toBe('stale');
    expect(after.detector.heartbeat(copy, after.nowMs).result).toBe('duplicate');
  });

  it('still knows whose clock is off', () => {
    const before = new Fleet();
    before.member('shop-0').wallOffsetMs = 300_000;
    before.run(60_000);
    const after = restarted(before, 0);
    expect(after.detector.instance('shop', 'shop-0')?.clockSkewMs).toBe(-299_950);
  });

  it('refuses a snapshot of another form', () => {
    const snapshot = { ...new Fleet().detector.snapshot(), format: 0 } as unknown as DetectorSnapshot;
    expect(() => new Fleet({ snapshot })).toThrow(UnknownSnapshotError);
  });

  it('keeps its bounds when the snapshot holds more', () => {
    const before = new Fleet({ members: 5 });
    before.run(20_000);
    const after = new Fleet({ members: 0, maxInstances: 3, snapshot: asStored(before.detector.snapshot()) });
    expect([...after.detector.instances()]).toHaveLength(3);
  });
});

describe('a snapshot in pieces', () => {
  it('has pieces of 200 instances at most', () => {
    const fleet = new Fleet({ members: 450 });
    fleet.run(20_000);
    const sizes = [...fleet.detector.snapshotPieces()].map((piece) =>
      piece.kind === 'instances' ? piece.instances.length : piece.kind,
    );
    expect(sizes).toEqual(['head', 'service', 200, 200, 50, 'end']);
  });

  it('is refused wherever it is torn', () => {
    const fleet = new Fleet({ members: 450 });
    fleet.run(20_000);
    const pieces = [...fleet.detector.snapshotPieces()];
    for (let length = 1; length < pieces.length; length++)
      expect(() => joinSnapshot(pieces.slice(0, length))).toThrow(TornSnapshotError);
    expect(() => joinSnapshot(pieces.toSpliced(3, 1))).toThrow(TornSnapshotError);
    expect(() => joinSnapshot([])).toThrow(UnknownSnapshotError);
  });

  it('holds whoever was there all the time while the fleet goes on, and changes no verdict', () => {
    const before = new Fleet({ members: 450 });
    before.run(60_000);
    const pieces = [];
    for (const piece of before.detector.snapshotPieces()) {
      pieces.push(piece);
      before.kill(`shop-${pieces.length}`);
      before.leave(`shop-${440 + pieces.length}`);
      before.run(30_000);
    }
    const snapshot = joinSnapshot(pieces);
    expect(snapshot.savedAtMs).toBeLessThan(before.nowMs - 100_000);
    const after = new Fleet({ members: 0, startMs: before.nowMs, snapshot });
    expect([...after.detector.instances()]).toHaveLength(450);
    after.run(120_000);
    for (const id of ['shop-1', 'shop-2']) expect(after.state(id)).toBe('down');
  });
});

describe('an instance that was mute', () => {
  const restartedWithMute = () => {
    const before = new Fleet({ members: 3 });
    before.run(60_000);
    before.detector.podObserved({ service: 'shop', instanceId: 'shop-0', pod: 'ready' }, before.nowMs);
    before.kill('shop-0');
    before.run(60_000);
    return restarted(before, 0);
  };

  it('is down after the warm-up when nobody names its pod any longer', () => {
    const after = restartedWithMute();
    expect(after.state('shop-0')).toBe('mute');
    after.run(60_000);
    expect(after.state('shop-0')).toBe('down');
  });

  it('stays mute when its pod is called ready before', () => {
    const after = restartedWithMute();
    after.detector.podObserved({ service: 'shop', instanceId: 'shop-0', pod: 'ready' }, after.nowMs);
    after.run(60_000);
    expect(after.state('shop-0')).toBe('mute');
  });
});

describe('recall', () => {
  const written = { service: 'shop', instanceId: 'shop-0', incarnation: 'shop-0/1' };

  it('keeps one left whose goodbye came after the snapshot', () => {
    const before = new Fleet({ members: 2 });
    before.run(60_000);
    const after = restarted(before, 0);
    after.detector.recall({ ...written, state: 'left', atMs: before.nowMs + 500 });
    after.run(120_000);
    expect(after.state('shop-0')).toBe('left');
    expect(after.transitions().map(({ instanceId }) => instanceId)).not.toContain('shop-0');
  });

  it('does not raise one that died after the snapshot by the beats that waited for it in the queue', () => {
    const before = new Fleet({ members: 2 });
    before.run(60_000);
    const waiting = before.beatOf(before.member('shop-0'));
    const after = restarted(before, 0, 60_000);
    after.detector.recall({ ...written, state: 'down', atMs: before.nowMs + 40_000 });
    expect(after.detector.heartbeat(waiting, after.nowMs)).toMatchObject({ result: 'accepted', facts: [] });
    expect(after.state('shop-0')).toBe('down');
  });

  it('raises one that beats although another clock dates its death ahead', () => {
    const before = new Fleet({ members: 2 });
    before.run(60_000);
    const after = restarted(before, 0, 1_000);
    after.detector.recall({ ...written, state: 'down', atMs: after.nowMs + 300_000 });
    after.detector.heartbeat(after.beatOf(before.member('shop-0')), after.nowMs);
    expect(after.state('shop-0')).toBe('up');
  });

  it('introduces one that the snapshot did not know, and refuses what it sent before', () => {
    const fleet = new Fleet({ members: 0 });
    fleet.detector.recall({ ...written, state: 'left', atMs: fleet.nowMs });
    const member = fleet.join('shop-0', { afterMs: 1e9 });
    expect(fleet.detector.heartbeat(fleet.beatOf(member), fleet.nowMs).result).toBe('stale');
    expect(fleet.state('shop-0')).toBe('left');
  });

  it('removes one that was buried after the snapshot', () => {
    const before = new Fleet({ members: 2 });
    before.run(60_000);
    before.kill('shop-0');
    before.run(60_000);
    const after = restarted(before, 0);
    after.detector.recall({ ...written, state: 'buried', atMs: before.nowMs + 500 });
    expect(after.state('shop-0')).toBeUndefined();
    expect(after.detector.service('shop')?.instances.down).toBe(0);
  });

  it('ignores what is older than what is known', () => {
    const fleet = new Fleet({ members: 1 });
    fleet.run(60_000);
    fleet.detector.recall({ ...written, state: 'down', atMs: fleet.nowMs - 100_000 });
    expect(fleet.state('shop-0')).toBe('up');
  });
});
