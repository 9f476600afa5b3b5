import * as commit from './cost/commit-costs';
import { type Cost, perEvent } from './cost/cost';
import { endToEnd, type EndToEndOptions } from './cost/end-to-end-cost';
import { type MeterCheck, MeteredTables } from './cost/metered-tables';
import { withEmbeddedAws } from './embedded-aws';
import type { ResultTable, Scenario } from './scenario';

interface Case {
  readonly what: string;
  /** In the words of the design. */
  readonly expected: string;
  readonly measure: (tables: MeteredTables) => Promise<Cost>;
  /** Runs against refusals as the embedded store gives them. */
  readonly refusalsWithoutItem?: true;
}

const COMMIT_CASES: readonly Case[] = [
  { what: 'new event, warm subject', expected: '2.3 wu, 0 ru, 3 trips', measure: commit.warmSubjects },
  {
    what: 'same, 1 KB record',
    expected: '4.1 wu',
    measure: (tables) => commit.warmSubjects(tables, 1_024),
  },
  { what: 'same, cold subject', expected: '+1 ru, +1 trip', measure: commit.coldSubjects },
  { what: 'same, new (so cold) subject', expected: '+1 wu', measure: commit.newSubjects },
  { what: 'duplicate seen by this process', expected: '0', measure: commit.seenDuplicates },
  { what: 'duplicate, not seen', expected: '1.3 wu, 1 ru', measure: commit.unseenDuplicates },
  {
    what: 'same, refusals carry no item',
    expected: '+1 ru',
    measure: commit.unseenDuplicates,
    refusalsWithoutItem: true,
  },
  {
    what: '5 events of one subject',
    expected: '11 trips (1 + 2k)',
    measure: (tables) => commit.oneSubject(tables, 5),
  },
  ...[2, 5].flatMap((replicas): readonly Case[] => [
    {
      what: `${replicas} replicas take turns, head read first`,
      expected: '2.3 wu, 1 ru',
      measure: (tables) => commit.takingTurns(tables, { replicas, headFirst: true }),
    },
    {
      what: `${replicas} replicas take turns, head not read`,
      expected: '',
      measure: (tables) => commit.takingTurns(tables, { replicas, headFirst: false }),
    },
    {
      what: `${replicas} replicas race for each slot`,
      expected: '',
      measure: (tables) => commit.racing(tables, replicas),
    },
  ]),
  { what: 'rollback', expected: '', measure: (tables) => commit.rollback(tables) },
  {
    what: 'rollback with Idempotency-Key',
    expected: '',
    measure: (tables) => commit.rollback(tables, 'key-1'),
  },
  { what: 'mark (every 10 s and poller)', expected: '1 wu', measure: commit.mark },
];

const END_TO_END_CASES: readonly (EndToEndOptions & { readonly expected: string })[] = [
  { eventIndex: 'open', withKey: false, expected: '6.3 wu' },
  { eventIndex: 'all', withKey: false, expected: '7.3 wu' },
  { eventIndex: 'all', withKey: true, expected: '+1 wu' },
];

/** What events cost at AWS: capacity units, calls, trips and requests. The same in every run; held by test/cost. */
export const cost: Scenario = {
  name: 'cost',
  summary: 'units, calls and trips by the rules of AWS, and requests to SNS and SQS; exact',
  run: (say) =>
    withEmbeddedAws(async () => {
      const tables = await MeteredTables.create();
      const embedded = await MeteredTables.create('without_item');
      try {
        say(`${COMMIT_CASES.length} cases of committing a batch`);
        const rows = await inTurn(COMMIT_CASES, async (one) =>
          commitRow(one, await one.measure(one.refusalsWithoutItem ? embedded : tables)),
        );
        say(`${END_TO_END_CASES.length} ways from the command to the settled outbox entry`);
        const endToEndRows = await inTurn(END_TO_END_CASES, (one) => endToEndRow(tables, one));
        return [commitTable(rows, tables.check), endToEndTable(endToEndRows)];
      } finally {
        tables.close();
        embedded.close();
      }
    }),
};

function commitRow({ what, expected }: Case, measured: Cost): readonly string[] {
  const { writeUnits, readUnits } = perEvent(measured);
  const { calls, trips, batches } = measured;
  return [what, ...[writeUnits, readUnits, calls / batches, trips / batches].map(number), expected];
}

function commitTable(rows: ResultTable['rows'], check: MeterCheck): ResultTable {
  return {
    title: 'What committing costs service-b (DynamoDB)',
    columns: ['batches of 10, records of 300 bytes', 'wu/event', 'ru/event', 'calls', 'trips', 'expected'],
    rows,
    notes: [
      'wu, ru: write and read units by the rules of AWS, index writes and refused writes included; calls and trips are of a batch.',
      'Replicas that race all hold an event of the same ten subjects in the same moment, always: the worst there is. Calls and trips are of all of them together.',
      'A record of 1 KB of JSON takes less as a DynamoDB list, so ten of them stay within 10 KB; from about 1,100 bytes it is 4.1.',
      checkNote(check),
    ],
  };
}

function checkNote({ calls, metered, reported }: MeterCheck): string {
  const isSame = metered.writeUnits === reported.writeUnits && metered.readUnits === reported.readUnits;
  return (
    `Meter against the ConsumedCapacity of the embedded store, over the ${calls} calls of all work that it reports whole: ` +
    `${metered.writeUnits} and ${reported.writeUnits} write units, ${metered.readUnits} and ${reported.readUnits} read units: ` +
    `${isSame ? 'equal' : 'DIFFERENT'}. It does not report refusals, index writes and queries that find nothing.`
  );
}

async function endToEndRow(
  tables: MeteredTables,
  { expected, ...options }: EndToEndOptions & { readonly expected: string },
): Promise<readonly string[]> {
  const { total, senderRequests, consumerRequests } = await endToEnd(tables, options);
  const { writeUnits, readUnits } = perEvent(total);
  const requests = [senderRequests, consumerRequests].map((made) => made / total.events);
  const what = `eventIndex ${options.eventIndex}${options.withKey ? ', Idempotency-Key' : ''}`;
  return [what, ...[writeUnits, readUnits, ...requests].map(number), expected];
}

function endToEndTable(rows: ResultTable['rows']): ResultTable {
  return {
    title: 'What an event costs end to end: outbox, publication, commit, receipt, settlement',
    columns: ['new event, warm subject', 'wu', 'ru', 'requests of a', 'requests of b', 'expected'],
    rows,
    notes: [
      'Requests to SNS and SQS for each event in full batches: publish, receive, delete. Expected of b, receipts included: 0.3.',
      'Not counted: the relay that looks for overdue entries (half a read unit a second), marks, heartbeats.',
    ],
  };
}

/** One after the other: whatever is counted must not mix. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** At most one digit after the point, which is all that batches of ten give. */
function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
