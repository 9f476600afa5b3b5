import * as fc from 'fast-check';
import { compareStamps } from '@latido/lamport-clock';
import type { Version } from '@latido/versioned-value';
import { createInMemoryTables, type InMemoryTables } from '../in-memory';
import { anEvent } from '../testing';
import { aProcess, ledger, leaveClaim } from '../testing/a-process';
import type { ValidEvent } from './commit-event';

const options = { ordering: 'lamport' } as const;
const at = (lamport: number, id: string, overrides: Partial<ValidEvent> = {}): ValidEvent =>
  anEvent(id, { lamport, ...overrides });
const MERGE = { kind: 'merge', patch: { merged: true } } as const;
const MERGE_REJECTED = { kind: 'rejected', reason: 'merge_unordered', certain: true };

/** The versions that a process makes of events, each in a batch of its own. */
async function versionsOf(...events: readonly ValidEvent[]): Promise<readonly Version[]> {
  const { commit, tables } = await aProcess({ options });
  for (const event of events) await commit(event);
  return historyOf(tables);
}

async function historyOf({ versions }: InMemoryTables): Promise<readonly Version[]> {
  return (await versions.list({ subject: 'cart-1', limit: 1_000 })).versions.toReversed();
}

/** Whose value a version holds: `e2`; `late e2` where it is not its own. */
function describeContent({ content, supersededBy }: Version): string {
  const by = content.kind === 'value' ? (content.value as { readonly by: string }).by : content.kind;
  return supersededBy ? `late ${by}` : by;
}

const contentsOf = (versions: readonly Version[]): readonly string[] => versions.map(describeContent);

describe('versions in Lamport order', () => {
  it('let an event that comes in order change the value', async () => {
    expect(contentsOf(await versionsOf(at(1, 'e1'), at(2, 'e2')))).toEqual(['e1', 'e2']);
  });

  it('let a late event have a version that keeps the value before it and says whose it is', async () => {
    const [, late] = await versionsOf(at(5, 'e5'), at(3, 'e3'));
    expect(late).toMatchObject({
      number: 2,
      requestId: 'event#e3',
      content: { kind: 'value', value: { by: 'e5' } },
      lamport: 3,
      clock: 7,
      supersededBy: { lamport: 5, source: '/service-a', epoch: 1, requestId: 'event#e5' },
    });
  });

  it('compare with the event that won, not with the late one that came last', async () => {
    const versions = await versionsOf(at(5, 'e5'), at(1, 'e1'), at(3, 'e3'), at(6, 'e6'));
    expect(contentsOf(versions)).toEqual(['e5', 'late e5', 'late e5', 'e6']);
  });

  it('keep a deletion against a late put', async () => {
    const remove = at(5, 'gone', { operation: { kind: 'delete' } });
    expect(contentsOf(await versionsOf(remove, at(3, 'e3')))).toEqual(['deleted', 'late deleted']);
  });

  it.each([
    ['source', { source: '/service-x' }, { source: '/service-a', epoch: 9 }],
    ['epoch', { epoch: 2 }, { epoch: 1 }],
    ['RequestID', {}, {}],
  ])('break a tie of Lamport times by %s', async (_part, higher, lower) => {
    const [first, second] = [at(5, 'z', higher), at(5, 'a', lower)];
    expect(contentsOf(await versionsOf(first, second))).toEqual(['z', 'late z']);
    expect(contentsOf(await versionsOf(second, first))).toEqual(['a', 'z']);
  });

  it('cost what versions in arrival order cost, also for a late event', async () => {
    const { commit, takeCalls } = await aProcess({ options });
    await commit(at(5, 'e5'));
    takeCalls();
    await commit(at(3, 'e3'));
    expect(takeCalls()).toEqual(['claims.putIfAbsent', 'segments.appendIfAbsent', 'versions.putIfAbsent']);
  });

  it('let an event from an absurd clock win only as far as its clock is believed', async () => {
    const absurd = at(2 ** 50, 'absurd', { believedLamport: 7, flagged: true });
    expect(contentsOf(await versionsOf(at(5, 'e5'), absurd, at(6, 'e6'), at(8, 'e8')))).toEqual([
      'e5',
      'absurd',
      'late absurd',
      'e8',
    ]);
  });

  it('let a rollback win over everything before it, and lose against what comes after', async () => {
    const { commit, committer, log, tables } = await aProcess({ options });
    await commit(at(5, 'e5'), at(9, 'e9'), at(7, 'e7'));
    await committer.rollBack({ subject: 'cart-1', toVersion: 1, ifMatch: 3 }, log);
    const rollback = (await tables.versions.readHead('cart-1'))!;
    await commit(at(8, 'e8'), at(rollback.lamport + 1, 'after'));
    expect(contentsOf(await historyOf(tables))).toEqual(['e5', 'e9', 'late e9', 'e5', 'late e5', 'after']);
  });

  it('let a rollback to a superseded version count as its own', async () => {
    const { commit, committer, log, tables } = await aProcess({ options });
    await commit(at(5, 'e5'), at(3, 'e3'), at(6, 'e6'));
    await committer.rollBack({ subject: 'cart-1', toVersion: 2, ifMatch: 3 }, log);
    await commit(at(7, 'e7'));
    expect(contentsOf(await historyOf(tables))).toEqual(['e5', 'late e5', 'e6', 'e5', 'late e5']);
  });

  it('let a rollback win though the time it was stamped with did not rise above the head', async () => {
    const { committer, commit, tables } = await aProcess({ options });
    await commit(at(5, 'e5'), at(9, 'e9'));
    const record = { requestId: 'http#key-1', subject: 'cart-1', ifMatch: 2, toVersion: 1, lamport: 2 };
    await committer.redeliver(record, 'dead.0');
    await commit(at(8, 'e8'));
    expect(contentsOf(await historyOf(tables))).toEqual(['e5', 'e9', 'e5', 'late e5']);
  });

  it('take the last version of a time when they followed arrival for the winner', async () => {
    const { commit, tables } = await aProcess();
    await commit(at(9, 'e9'), at(5, 'e5'));
    const ordered = await aProcess({ tables, options });
    await ordered.commit(at(3, 'e3'), at(6, 'e6'));
    expect(contentsOf(await historyOf(tables))).toEqual(['e9', 'e5', 'late e5', 'e6']);
  });
});

describe('a merge in Lamport order', () => {
  it('is rejected for certain, and every later copy with it, also where versions follow arrival', async () => {
    const { commit, tables } = await aProcess({ options });
    expect(await commit(at(1, 'e1', { operation: MERGE }), at(2, 'e2'))).toEqual([
      MERGE_REJECTED,
      { kind: 'applied', version: 1 },
    ]);
    const other = await aProcess({ tables });
    expect(await other.commit(at(1, 'e1', { operation: MERGE }))).toEqual([MERGE_REJECTED]);
  });

  it('is finished as it was meant when it was claimed while versions followed arrival', async () => {
    const tables = createInMemoryTables();
    const { commit } = await aProcess({ tables, options });
    await commit(at(5, 'e5'));
    const merge = at(3, 'e3', { operation: MERGE });
    await leaveClaim(tables, merge, { version: 2, token: 'dead.0' });
    expect(await commit(merge)).toEqual([{ kind: 'applied', version: 2 }]);
    expect((await tables.versions.readHead('cart-1'))?.content).toEqual({
      kind: 'value',
      value: { by: 'e5', merged: true },
    });
  });
});

describe('any order of arrival, with copies, at two replicas', () => {
  const facts = fc.record({
    lamport: fc.integer({ min: 1, max: 4 }),
    source: fc.constantFrom('/service-a', '/service-x'),
    epoch: fc.integer({ min: 1, max: 2 }),
    isDelete: fc.boolean(),
  });
  const deliveries = fc
    .array(facts, { minLength: 1, maxLength: 6 })
    .map((all) =>
      all.map(({ isDelete, ...stamp }, i) =>
        anEvent(`e${i}`, { ...stamp, ...(isDelete && { operation: { kind: 'delete' } as const }) }),
      ),
    )
    .chain((events) =>
      fc.record({
        events: fc.constant(events),
        order: fc
          .shuffledSubarray([...events, ...events], { minLength: 2 * events.length })
          .map((copies) => copies.map((event, i) => ({ event, i }))),
        replicas: fc.array(fc.integer({ min: 0, max: 1 }), {
          minLength: 2 * events.length,
          maxLength: 2 * events.length,
        }),
      }),
    );

  it('ends in the content of the greatest event, with one version for each, without gaps', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ events, order, replicas }) => {
        const tables = createInMemoryTables();
        const processes = [await aProcess({ tables, options }), await aProcess({ tables, options })];
        for (const { event, i } of order) await processes[replicas[i]!]!.commit(event);

        const winner = events
          .map((event) => ({ ...event, requestId: `event#${event.id}` }))
          .toSorted(compareStamps)
          .at(-1)!;
        const head = await tables.versions.readHead('cart-1');
        expect(head && (head.supersededBy?.requestId ?? head.requestId)).toBe(winner.requestId);
        expect(head?.content).toEqual(
          winner.operation.kind === 'put'
            ? { kind: 'value', value: winner.operation.value }
            : { kind: 'deleted' },
        );
        const firsts = [...new Set(order.map(({ event }) => event.id))];
        expect(await ledger(tables)).toEqual(firsts.map((id, i) => `${i + 1} event#${id}`));
      }),
      { numRuns: 60 },
    );
  });
});
