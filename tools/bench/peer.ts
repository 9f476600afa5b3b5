import { type EventEnvelope, eventMessage } from '@latido/messaging';
import { sha256Hex, SqsQueue } from '@latido/messaging/aws';
import { v7 } from 'uuid';
import { withEmbeddedAws } from './embedded-aws';
import { BATCH, type Contender, makePlace, type Place, POLLERS } from './peer/contender';
import { latidoContender } from './peer/latido-contender';
import { peerContender } from './peer/peer-contender';
import { sampleEnvelope } from './sample-events';
import type { ResultTable, Scenario } from './scenario';
import { median, percentile } from './statistics';

/** Rounds of each contender; the first ones warm up and do not count. */
const ROUNDS = 10;
const WARM_UPS = 2;
const EVENTS_A_ROUND = 400;
/** Many enough that two events of one subject seldom meet in a batch: conflicts are not what is compared. */
const SUBJECTS = 200;

interface Round {
  readonly eventsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Calls to DynamoDB for each event. */
  readonly calls: number;
}

/** A round of each, one right after the other. */
interface Pair {
  readonly ours: Round;
  readonly theirs: Round;
}

/** Throughput and latency of service-b's pipeline beside a consumer built from well-known parts. */
export const peer: Scenario = {
  name: 'peer',
  summary: 'throughput and p99 beside sqs-consumer + powertools idempotency + a versioned put',
  run: (say) =>
    withEmbeddedAws(async () => {
      const ours = await latidoContender(await makePlace());
      const theirs = peerContender(await makePlace());
      try {
        return [tableOf(ours, theirs, await takeTurns(ours, theirs, say))];
      } finally {
        for (const { place } of [ours, theirs]) place.close();
      }
    }),
};

/** A, B, B, A, A, B, ...: what disturbs the machine for a while disturbs both. */
async function takeTurns(
  ours: Contender,
  theirs: Contender,
  say: (progress: string) => void,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let i = 1; i <= ROUNDS; i += 1) {
    const run = async (contender: Contender): Promise<Round> => {
      const round = await runRound(contender, i * EVENTS_A_ROUND);
      say(`round ${i} of ${ROUNDS}, ${contender.name}: ${round.eventsPerSecond.toFixed(0)} events/s`);
      return round;
    };
    const early = i % 2 === 1 ? await run(ours) : undefined;
    const theirRound = await run(theirs);
    pairs.push({ ours: early ?? (await run(ours)), theirs: theirRound });
  }
  return pairs.slice(WARM_UPS);
}

/** Fills the queue, lets the contender empty it, and looks that every event has made exactly one version. */
async function runRound({ name, place, start, stop }: Contender, versionsAfter: number): Promise<Round> {
  const deleted = place.watch.untilDeleted(EVENTS_A_ROUND);
  await fill(place);
  place.calls.take();
  await start();
  const { durationMs, latenciesMs } = await deleted;
  await stop();
  const calls = place.calls.take() / EVENTS_A_ROUND;
  const versions = await place.countVersions();
  if (versions !== versionsAfter) throw new Error(`${name}: ${versions} versions of ${versionsAfter} events`);
  return {
    eventsPerSecond: (EVENTS_A_ROUND * 1_000) / durationMs,
    p50Ms: percentile(latenciesMs, 50),
    p99Ms: percentile(latenciesMs, 99),
    calls,
  };
}

async function fill({ sqs, queueUrl }: Place): Promise<void> {
  const queue = new SqsQueue(sqs, queueUrl);
  const messages = Array.from({ length: EVENTS_A_ROUND }, (_, i) =>
    eventMessage(freshEvent(`cart-${i % SUBJECTS}`), { fifo: false, sha256Hex }),
  );
  for (let i = 0; i < messages.length; i += BATCH) await queue.sendBatch(messages.slice(i, i + BATCH));
}

function freshEvent(subject: string): EventEnvelope {
  return { ...sampleEnvelope(subject), id: v7(), time: new Date().toISOString() };
}

function tableOf(ours: Contender, theirs: Contender, pairs: readonly Pair[]): ResultTable {
  const row = (name: string, rounds: readonly Round[], expected = ''): readonly string[] => [
    name,
    medianOf(rounds, 'eventsPerSecond').toFixed(0),
    medianOf(rounds, 'p50Ms').toFixed(0),
    medianOf(rounds, 'p99Ms').toFixed(0),
    medianOf(rounds, 'calls').toFixed(1),
    expected,
  ];
  const ratio = (key: keyof Round): string =>
    `${median(pairs.map((pair) => pair.ours[key] / pair.theirs[key])).toFixed(2)} x`;
  return {
    title: 'Throughput beside a consumer built from well-known parts',
    columns: ['on the embedded AWS', 'events/s', 'p50 ms', 'p99 ms', 'db calls/event', 'expected'],
    rows: [
      row(
        ours.name,
        pairs.map((pair) => pair.ours),
      ),
      row(
        theirs.name,
        pairs.map((pair) => pair.theirs),
      ),
      [
        'ratio Latido / peer',
        ratio('eventsPerSecond'),
        ratio('p50Ms'),
        ratio('p99Ms'),
        ratio('calls'),
        '>= 2 x events/s',
      ],
    ],
    notes: [
      `${pairs.length} rounds each after ${WARM_UPS} to warm up, taking turns in one process; ${EVENTS_A_ROUND} new events over ${SUBJECTS} subjects wait in the queue. Medians; a ratio is the median over pairs of neighbouring rounds.`,
      `Both: ${POLLERS} pollers, batches of ${BATCH} handled in parallel and deleted in one call, clients made alike. After each round the versions are counted: one an event.`,
      'Both are bound by the SDK and the embedded store, so throughput follows the number of calls; how far the machine is shared moves the ratio between runs by a fifth and more. On AWS the trips of a batch count: 3 here, 4 for the peer.',
      'Latency of an event: from the answer that brought its message to the answer that deleted it.',
      'The peer: sqs-consumer with a batch handler, makeIdempotent over the DynamoDB layer (key by id, local cache on, no payload check), query of the head, conditional put. It parses JSON and checks nothing else.',
      'Latido: all that service-b does but receipts, which the peer has none of: contract, fingerprint, Lamport merge, log before apply, claim, version.',
    ],
  };
}

function medianOf(rounds: readonly Round[], key: keyof Round): number {
  return median(rounds.map((round) => round[key]));
}
