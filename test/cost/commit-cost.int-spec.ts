import {
  coldSubjects,
  mark,
  newSubjects,
  oneSubject,
  racing,
  rollback,
  seenDuplicates,
  takingTurns,
  unseenDuplicates,
  warmSubjects,
} from '../../tools/bench/cost/commit-costs';
import { MeteredTables } from '../../tools/bench/cost/metered-tables';

// Hundreds of calls one after the other: seconds on a busy machine.
/** Sums for a batch of 10 events with records of 300 bytes, on the real adapters, by the rules of AWS. */
describe('what committing a batch of ten costs', () => {
  let tables: MeteredTables;
  let embedded: MeteredTables;

  beforeAll(async () => {
    tables = await MeteredTables.create();
    embedded = await MeteredTables.create('without_item');
  });

  afterAll(() => {
    tables.close();
    embedded.close();
  });

  it('is 2.3 write units an event, no read and 3 trips, when the subjects are warm', async () => {
    expect(await warmSubjects(tables)).toMatchObject({ writeUnits: 23, readUnits: 0, calls: 21, trips: 3 });
  });

  it('is 4.0 write units an event for records of 1 KB of JSON, and 4.1 above 1 KB as stored', async () => {
    expect(await warmSubjects(tables, 1_024)).toMatchObject({ writeUnits: 40, readUnits: 0, trips: 3 });
    expect(await warmSubjects(tables, 1_100)).toMatchObject({ writeUnits: 41, readUnits: 0, trips: 3 });
  });

  it('is one read unit an event and one trip more, when the subjects are cold', async () => {
    expect(await coldSubjects(tables)).toMatchObject({ writeUnits: 23, readUnits: 10, calls: 31, trips: 4 });
  });

  it('is one write unit an event more again, when the subjects are new', async () => {
    expect(await newSubjects(tables)).toMatchObject({ writeUnits: 33, readUnits: 10, calls: 31, trips: 4 });
  });

  it('is nothing for duplicates that this process has seen', async () => {
    expect(await seenDuplicates(tables)).toMatchObject({ writeUnits: 0, readUnits: 0, calls: 0, trips: 0 });
  });

  it('is 1.3 write units and 1 read unit for a duplicate that only another process has seen', async () => {
    expect(await unseenDuplicates(tables)).toMatchObject({
      writeUnits: 13,
      readUnits: 10,
      calls: 21,
      trips: 3,
    });
  });

  it('is one read unit and one trip more for those, where a refusal carries no item', async () => {
    expect(await unseenDuplicates(embedded)).toMatchObject({
      writeUnits: 13,
      readUnits: 20,
      calls: 31,
      trips: 4,
    });
  });

  it.each([2, 5])('is 1 + 2k trips for %i events of one subject', async (k) => {
    expect(await oneSubject(tables, k)).toMatchObject({ trips: 1 + 2 * k, calls: 1 + 2 * k, readUnits: 0 });
  });

  it.each([2, 5])(
    'is 2.3 write units and 1 read unit for %i replicas that take turns, as their heads are read first',
    async (replicas) => {
      expect(await takingTurns(tables, { replicas, headFirst: true })).toMatchObject({
        writeUnits: 23 * replicas,
        readUnits: 10 * replicas,
        trips: 4 * replicas,
      });
    },
  );

  it('is 4.3 write units and 1 read unit for replicas that take turns, if heads were not read first', async () => {
    expect(await takingTurns(tables, { replicas: 2, headFirst: false })).toMatchObject({
      writeUnits: 43 * 2,
      readUnits: 10 * 2,
      trips: 6 * 2,
    });
  });

  it('is 3.3 write units and 1.5 read units an event at worst, for 2 replicas that race for every slot', async () => {
    expect(await racing(tables, 2)).toMatchObject({ writeUnits: 66, readUnits: 30 });
  });

  it('is 2 write and 2 read units for a rollback', async () => {
    expect(await rollback(tables)).toMatchObject({ writeUnits: 2, readUnits: 2, trips: 4 });
  });

  it('is one write unit more for a rollback with an Idempotency-Key', async () => {
    expect(await rollback(tables, 'key-1')).toMatchObject({ writeUnits: 3, readUnits: 2, trips: 5 });
  });

  it('is one write unit for a mark', async () => {
    expect(await mark(tables)).toMatchObject({ writeUnits: 1, readUnits: 0, calls: 1 });
  });

  it('is charged by the meter as the embedded store reports it, wherever that reports every call', async () => {
    await warmSubjects(tables);
    await coldSubjects(tables);
    expect(tables.check.reported).toEqual(tables.check.metered);
    expect(tables.check.calls).toBeGreaterThanOrEqual(52);
  });
});
