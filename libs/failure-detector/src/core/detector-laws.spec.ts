import * as fc from 'fast-check';
import { Fleet, type Message } from '../testing';
import type { DetectorSnapshot } from './snapshot';

/** A channel decided by a list of fates: lost, quick, slow, copied. */
const fates = fc.array(
  fc.constantFrom<readonly number[]>([], [50], [50], [50], [900], [50, 12_000], [20_000]),
  { minLength: 1, maxLength: 40 },
);
type Act = readonly ['kill' | 'leave' | 'restart' | 'stall' | 'step' | 'beat', number];
const acts = fc.array(
  fc.tuple(fc.constantFrom<Act[0]>('kill', 'leave', 'restart', 'stall', 'step', 'beat'), fc.nat(5)),
  { maxLength: 12 },
);

function channelOf(list: readonly (readonly number[])[], scale = 1): (message: Message) => readonly number[] {
  let next = 0;
  return () => (list[next++ % list.length] ?? []).map((transitMs) => transitMs * scale);
}

function act(fleet: Fleet, [name, member]: Act): void {
  const id = `shop-${member}`;
  const { alive } = fleet.member(id);
  if (name === 'kill') fleet.kill(id);
  if (name === 'leave' && alive) fleet.leave(id);
  if (name === 'restart') fleet.restart(id);
  if (name === 'stall') fleet.stallFor(4 * fleet.t);
  if (name === 'step') fleet.member(id).wallOffsetMs += 30 * fleet.t;
  if (name === 'beat') fleet.beat(id);
}

describe('laws of the detector', () => {
  it('the counts by state are the instances, whatever happens', () => {
    fc.assert(
      fc.property(fates, acts, (list, all) => {
        const fleet = new Fleet({ members: 6, channel: channelOf(list) });
        for (const each of all) {
          act(fleet, each);
          fleet.run(15_000);
          const counted: Record<string, number> = {};
          for (const { reportedState } of fleet.detector.instances('shop')) {
            counted[reportedState] = (counted[reportedState] ?? 0) + 1;
          }
          const summary = Object.entries(fleet.detector.service('shop')?.instances ?? {});
          expect(Object.fromEntries(summary.filter(([, count]) => count > 0))).toEqual(counted);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a transition starts where the one before ended', () => {
    fc.assert(
      fc.property(fates, acts, (list, all) => {
        const fleet = new Fleet({ members: 6, channel: channelOf(list) });
        for (const each of all) {
          act(fleet, each);
          fleet.run(15_000);
        }
        const states = new Map<string, string>();
        for (const { instanceId, from, to } of fleet.transitions()) {
          expect(states.get(instanceId) ?? 'unknown').toBe(from);
          states.set(instanceId, to);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('copies of what was seen change nothing but their own count', () => {
    const copies = fc.array(fc.tuple(fc.nat(5), fc.nat(20_000)), { maxLength: 30 });
    fc.assert(
      fc.property(copies, (all) => {
        const fleet = new Fleet({ members: 6 });
        fleet.run(100_000);
        const before = [...fleet.detector.instances()];
        for (const [member] of all) {
          const beat = { ...fleet.beatOf(fleet.member(`shop-${member}`)), seq: 5 };
          expect(fleet.detector.heartbeat(beat, fleet.nowMs).result).toBe('duplicate');
        }
        expect([...fleet.detector.instances()]).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  it('a detector loaded from its own snapshot saves the same snapshot', () => {
    fc.assert(
      fc.property(fates, acts, (list, all) => {
        const fleet = new Fleet({ members: 6, channel: channelOf(list) });
        for (const each of all) {
          act(fleet, each);
          fleet.run(15_000);
        }
        const saved = JSON.parse(JSON.stringify(fleet.detector.snapshot())) as DetectorSnapshot;
        const loaded = new Fleet({ members: 0, startMs: fleet.nowMs, snapshot: saved });
        expect(JSON.parse(JSON.stringify(loaded.detector.snapshot()))).toEqual(saved);
      }),
      { numRuns: 40 },
    );
  });

  it('everything twice as slow gives the same verdicts, twice as late', () => {
    fc.assert(
      fc.property(fates, acts, (list, all) => {
        const told = [10_000, 20_000].map((intervalMs) => {
          const scale = intervalMs / 10_000;
          const fleet = new Fleet({ members: 6, intervalMs, startMs: 0, channel: channelOf(list, scale) });
          for (const each of all) {
            act(fleet, each);
            fleet.run(1.5 * intervalMs);
          }
          return fleet
            .transitions()
            .map(({ instanceId, to, atMs }) => [instanceId, to, Math.round(atMs / scale)]);
        });
        expect(told[1]).toEqual(told[0]);
      }),
      { numRuns: 30 },
    );
  });

  it('a real death is always declared once the channel works again', () => {
    fc.assert(
      fc.property(fates, acts, (list, all) => {
        const fleet = new Fleet({ members: 6, channel: channelOf(list) });
        fleet.run(60_000);
        for (const each of all) {
          act(fleet, each);
          fleet.run(15_000);
        }
        fleet.channel = () => [50];
        fleet.run(120_000);
        for (const { id, alive } of fleet.members.values()) {
          if (!alive) expect(['down', 'left', undefined]).toContain(fleet.state(id));
          else expect(fleet.state(id)).toBe('up');
        }
      }),
      { numRuns: 40 },
    );
  });
});
