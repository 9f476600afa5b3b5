import * as fc from 'fast-check';
import { InMemoryVersionStore } from '../in-memory';
import { buildVersion } from '../testing';
import { pruneHistory } from './prune-history';
import { type Instant, readAsOf } from './read-as-of';
import type { VersionReading } from './read-version';
import type { Version, VersionStore } from './version';

const SUBJECT = 'cart-7';

/** A history whose times rise by the given steps, from version 1. */
const historyOf = (steps: readonly { readonly clock: number; readonly timeMs: number }[]): Version[] => {
  let clock = 0;
  let writtenAtMs = 1000;
  return steps.map((step, index) => {
    clock += 1 + step.clock;
    writtenAtMs += step.timeMs;
    return buildVersion({ subject: SUBJECT, number: index + 1, clock, writtenAtMs });
  });
};

const storeOf = async (versions: readonly Version[]): Promise<InMemoryVersionStore> => {
  const store = new InMemoryVersionStore();
  for (const version of versions) await store.putIfAbsent(version);
  return store;
};

/** What a look at every version, one after the other, finds. */
const linearly = (versions: readonly Version[], instant: Instant, firstKept: number): VersionReading => {
  const version = versions.findLast(({ clock, writtenAtMs }) =>
    'lamport' in instant ? clock <= instant.lamport : writtenAtMs <= instant.timeMs,
  );
  if (!version) return { outcome: 'absent' };
  return version.number < firstKept ? { outcome: 'pruned' } : { outcome: 'found', version: version as never };
};

/** The same history after retention. */
const pruned = async (versions: readonly Version[], keep: number): Promise<readonly Version[]> => {
  const store = await storeOf(versions);
  await pruneHistory({ store, subject: SUBJECT, keep, nowMs: 0, horizonMs: 0 });
  return (await store.list({ subject: SUBJECT, limit: versions.length })).versions;
};

const steps = fc.array(fc.record({ clock: fc.nat(3), timeMs: fc.nat(3) }), { minLength: 1, maxLength: 40 });
const instants = fc.oneof(
  fc.record({ lamport: fc.integer({ min: -1, max: 170 }) }),
  fc.record({ timeMs: fc.integer({ min: 998, max: 1130 }) }),
);

describe(readAsOf, () => {
  it('finds what a search one by one finds, in any history', async () => {
    await fc.assert(
      fc.asyncProperty(steps, instants, async (someSteps, instant) => {
        const versions = historyOf(someSteps);
        const store = await storeOf(versions);
        expect(await readAsOf(store, SUBJECT, instant)).toEqual(linearly(versions, instant, 1));
      }),
    );
  });

  it('tells a removed version from one that never was, whichever tombstones have expired', async () => {
    const expired = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 21 }),
        expired,
        async (keep, lamport, gone) => {
          const versions = historyOf(Array.from({ length: 20 }, () => ({ clock: 0, timeMs: 0 })));
          const left = (await pruned(versions, keep)).filter(
            ({ content, number }) => content.kind !== 'pruned' || number === 1 || !gone[number - 1],
          );
          const reading = await readAsOf(await storeOf(left), SUBJECT, { lamport });
          expect(reading).toEqual(linearly(versions, { lamport }, 21 - keep));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is before everything, not pruned, at an instant before the first version of a pruned history', async () => {
    const versions = historyOf(Array.from({ length: 8 }, () => ({ clock: 0, timeMs: 0 })));
    const left = (await pruned(versions, 4)).filter(({ number }) => number === 1 || number > 4);
    expect(await readAsOf(await storeOf(left), SUBJECT, { lamport: 0 })).toEqual({ outcome: 'absent' });
  });

  it.each([
    [{ lamport: 20 }, 'absent'],
    [{ lamport: 21 }, 2],
    [{ lamport: 30 }, 2],
    [{ lamport: 31 }, 3],
    [{ timeMs: 199 }, 'absent'],
    [{ timeMs: 200 }, 3],
    [{ timeMs: 201 }, 4],
  ])('takes a version from exactly its own time on: %j', async (instant, expected) => {
    const at = (number: number, clock: number, writtenAtMs: number) =>
      buildVersion({ subject: SUBJECT, number, clock, writtenAtMs });
    const store = await storeOf([at(1, 21, 200), at(2, 21, 200), at(3, 31, 200), at(4, 41, 201)]);
    const reading = await readAsOf(store, SUBJECT, instant);
    expect(reading.outcome === 'found' ? reading.version.number : reading.outcome).toBe(expected);
  });

  it('finds nothing for a subject that nobody knows', async () => {
    expect(await readAsOf(new InMemoryVersionStore(), SUBJECT, { lamport: 9 })).toEqual({
      outcome: 'absent',
    });
  });

  it('reads one version for the present, and about log2(n) for the past', async () => {
    const store = await storeOf(historyOf(Array.from({ length: 1000 }, () => ({ clock: 0, timeMs: 1 }))));
    const present = countingReads(store);
    await readAsOf(present.store, SUBJECT, { lamport: 5000 });
    expect(present.reads()).toBe(1);
    for (const lamport of [0, 1, 499, 500, 998, 999]) {
      const past = countingReads(store);
      await readAsOf(past.store, SUBJECT, { lamport });
      expect(past.reads()).toBeLessThanOrEqual(1 + 10);
    }
  });
});

function countingReads(store: VersionStore): { readonly store: VersionStore; reads(): number } {
  let reads = 0;
  const counted = Object.create(store) as VersionStore;
  counted.read = async (subject, number) => ((reads += 1), store.read(subject, number));
  counted.readHead = async (subject) => ((reads += 1), store.readHead(subject));
  return { store: counted, reads: () => reads };
}
