import { Fleet } from '../testing';
import type { DetectorSnapshot } from './snapshot';

const MEMBERS = 20;

/** A monitor was away for `awayMs`, in which shop-0 died; its queue gives everything back after `drainMs`. */
function cameBack({
  lostEach,
  awayMs,
  drainMs,
}: {
  /** One of so many beats is lost. */
  readonly lostEach: number;
  readonly awayMs: number;
  readonly drainMs: number;
}): Fleet {
  const channel = ({ seq }: { readonly seq: number }) => (seq % lostEach === 0 ? [] : [50]);
  const before = new Fleet({ members: MEMBERS, channel });
  before.run(1_200_000);
  const snapshot = JSON.parse(JSON.stringify(before.detector.snapshot())) as DetectorSnapshot;
  const after = new Fleet({ members: MEMBERS, channel, startMs: before.nowMs + awayMs, snapshot });
  for (const member of after.members.values()) member.seq = 1_000;
  after.kill('shop-0');
  if (drainMs > 0) after.stallFor(drainMs);
  return after;
}

const restarts = [
  { k: 3, lostEach: 10_000, withinMs: 40_000 },
  { k: 6, lostEach: 30, withinMs: 70_000 },
].flatMap((each) => [
  { ...each, awayMs: 15_000, drainMs: 0, how: 'at once' },
  {
    ...each,
    awayMs: 600_000,
    drainMs: 8_000,
    how: 'after ten minutes, with a queue that takes 8 s to empty',
  },
]);

describe('a monitor that comes back', () => {
  it.each(restarts)(
    '$how has verdicts to trust within $withinMs ms at k = $k',
    ({ k, withinMs, ...outage }) => {
      const fleet = cameBack(outage);
      expect(fleet.detector.service('shop')?.missedBeats).toBe(k);
      expect(fleet.detector.channel().reasons).toContain('warming');
      fleet.runUntil(() => !fleet.detector.channel().blind && fleet.state('shop-0') === 'down', withinMs);
      fleet.run(300_000);
      expect(fleet.transitions('down').map(({ instanceId }) => instanceId)).toEqual(['shop-0']);
    },
  );
});
