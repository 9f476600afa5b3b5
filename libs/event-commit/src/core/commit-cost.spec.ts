import { DEFAULT_COMMIT_OPTIONS } from './commit-options';
import { anEvent } from '../testing';
import { aProcess } from '../testing/a-process';

const HOUR_MS = 60 * 60 * 1000;

describe('what a batch costs', () => {
  it('takes one append, and a claim and a put for each event, when the subjects are warm', async () => {
    const { commit, takeCalls } = await aProcess();
    const subjects = Array.from({ length: 10 }, (_, i) => `cart-${i}`);
    await commit(...subjects.map((subject) => anEvent(`first-${subject}`, { subject })));
    takeCalls();
    await commit(...subjects.map((subject) => anEvent(`second-${subject}`, { subject })));
    expect(takeCalls()).toEqual([
      ...Array.from({ length: 10 }, () => 'claims.putIfAbsent'),
      'segments.appendIfAbsent',
      ...Array.from({ length: 10 }, () => 'versions.putIfAbsent'),
    ]);
  });

  it('takes three trips one after the other for a batch of distinct warm subjects', async () => {
    const { commit, takeTrips } = await aProcess();
    const subjects = Array.from({ length: 10 }, (_, i) => `cart-${i}`);
    await commit(...subjects.map((subject) => anEvent(`first-${subject}`, { subject })));
    expect(takeTrips()).toBe(4);
    await commit(...subjects.map((subject) => anEvent(`second-${subject}`, { subject })));
    expect(takeTrips()).toBe(3);
  });

  it('takes 1 + 2k trips for k events of one warm subject', async () => {
    const { commit, takeTrips } = await aProcess();
    await commit(anEvent('e1'));
    takeTrips();
    await commit(anEvent('e2'), anEvent('e3'), anEvent('e4'));
    expect(takeTrips()).toBe(7);
  });

  it('reads the head of a cold subject once', async () => {
    const { commit, takeCalls } = await aProcess();
    await commit(anEvent('e1'));
    expect(takeCalls()).toEqual([
      'claims.putIfAbsent',
      'segments.appendIfAbsent',
      'versions.putIfAbsent',
      'versions.readHead',
    ]);
  });

  it('takes nothing for a duplicate whose version this process has seen', async () => {
    const { commit, takeCalls } = await aProcess();
    await commit(anEvent('e1'));
    takeCalls();
    expect(await commit(anEvent('e1'))).toEqual([{ kind: 'duplicate', version: 1 }]);
    expect(takeCalls()).toEqual([]);
  });

  it('takes a log segment, a refused claim and a read for a duplicate that only another process has seen', async () => {
    const { tables, commit: commitHere } = await aProcess();
    await commitHere(anEvent('e1'));
    const there = await aProcess({ tables });
    await there.commit(anEvent('warm-up'));
    there.takeCalls();
    expect(await there.commit(anEvent('e1'))).toEqual([{ kind: 'duplicate', version: 1 }]);
    expect(there.takeCalls()).toEqual(['claims.putIfAbsent', 'segments.appendIfAbsent', 'versions.read']);
  });

  it('reads the head first while a conflict of the subject is recent, and not after', async () => {
    const here = await aProcess();
    const there = await aProcess({ tables: here.tables });
    await here.commit(anEvent('e1'));
    await there.commit(anEvent('e2'));
    expect(await here.commit(anEvent('e3'))).toEqual([{ kind: 'moved', version: 3 }]);
    await there.commit(anEvent('e4'));
    here.takeCalls();
    expect(await here.commit(anEvent('e5'))).toEqual([{ kind: 'applied', version: 5 }]);
    expect(here.takeCalls()).toContain('versions.readHead');
    here.clock.nowMs += DEFAULT_COMMIT_OPTIONS.conflictMemoryMs;
    await here.commit(anEvent('e6'));
    expect(here.takeCalls()).not.toContain('versions.readHead');
  });

  it('reads the head again when it was seen an hour ago', async () => {
    const { commit, takeCalls, clock } = await aProcess();
    await commit(anEvent('e1'));
    takeCalls();
    clock.nowMs += HOUR_MS - 1;
    await commit(anEvent('e2'));
    expect(takeCalls()).not.toContain('versions.readHead');
    clock.nowMs += HOUR_MS;
    await commit(anEvent('e3'));
    expect(takeCalls()).toContain('versions.readHead');
  });
});
