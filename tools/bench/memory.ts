import { randomUUID } from 'node:crypto';
import { createInMemoryCommitter } from '@latido/event-commit/in-memory';
import { createDetector, detectorSettings, type ObservedHeartbeat } from '@latido/failure-detector';
import { openLamportClock } from '@latido/lamport-clock';
import { InMemoryLimitStore } from '@latido/lamport-clock/in-memory';
import { sha256Hex } from '@latido/messaging/aws';
import { processBatch } from '../../apps/service-b/src/consumer/process-batch';
import { understand } from '../../apps/service-b/src/consumer/understand';
import { contracts, messageOf, SAMPLE_TIME_MS, sampleEnvelope, sampleEvent } from './sample-events';
import type { ResultTable, Scenario } from './scenario';
import { median } from './statistics';

/** Rounds that warm up, and rounds that count. */
const WARM_UPS = 2;
const ROUNDS = 7;

const BATCH = 10;
const EVENTS = 10_000;
const SUBJECTS = 1_000;

/** One thing done over and over. What `prepare` does is not timed. */
interface Loop {
  readonly what: string;
  readonly unit: string;
  readonly expected: string;
  /** @returns what a round does `count` times. */
  readonly prepare: () => Promise<{ readonly count: number; readonly run: () => Promise<void> | void }>;
}

const LOOPS: readonly Loop[] = [
  {
    what: 'event-commit: fold, log, claim, apply',
    unit: 'events',
    expected: '>= 50,000',
    prepare: async () => {
      const replica = memoryCommitter();
      const log = await replica.openLog();
      const batches = batchesOf(Array.from({ length: EVENTS }, (_, i) => sampleEvent(subjectOf(i))));
      const run = async (): Promise<void> => {
        for (const batch of batches) await replica.committer.commitBatch(batch, log);
      };
      return { count: EVENTS, run };
    },
  },
  {
    what: 'service-b: parse, contract, fingerprint, merge, commit, receipt',
    unit: 'events',
    expected: '',
    prepare: async () => {
      const replica = memoryCommitter();
      const [log, clock] = [await replica.openLog(), await memoryClock()];
      const batches = batchesOf(messages());
      const ports = {
        contracts,
        sha256Hex,
        committer: replica.committer,
        merge: (lamport: number) => clock.merge(lamport),
        sendReceipts: async (receipts: readonly unknown[]) => receipts.map(() => true),
      };
      const run = async (): Promise<void> => {
        for (const batch of batches) await processBatch(batch, log, ports);
      };
      return { count: EVENTS, run };
    },
  },
  {
    what: 'envelope: parse, check the contract, fingerprint',
    unit: 'events',
    expected: '',
    prepare: async () => {
      const all = messages();
      const run = (): void => {
        for (const message of all) understand(message, { contracts, sha256Hex });
      };
      return { count: EVENTS, run };
    },
  },
  {
    what: 'Lamport clock: tick',
    unit: 'ticks',
    expected: '',
    prepare: async () => {
      const clock = await memoryClock();
      const run = async (): Promise<void> => {
        for (let i = 0; i < EVENTS; i += 1) await clock.tick();
      };
      return { count: EVENTS, run };
    },
  },
  {
    what: 'failure detector: heartbeat, 1,000 instances',
    unit: 'heartbeats',
    expected: '',
    prepare: async () => {
      const settings = detectorSettings();
      const detector = createDetector({ settings, nowMs: SAMPLE_TIME_MS });
      const beats = Array.from({ length: EVENTS }, (_, i) => heartbeat(i, settings.intervalMs));
      const run = (): void => {
        for (const beat of beats) detector.heartbeat(beat, beat.sentAtMs + 50);
      };
      return { count: EVENTS, run };
    },
  },
];

/** What the pure parts do on one core, with everything around them in memory. */
export const memory: Scenario = {
  name: 'memory',
  summary: 'events a second and core on in-memory ports, without any network',
  run: async (say) => {
    const rows: (readonly string[])[] = [];
    for (const loop of LOOPS) {
      say(loop.what);
      const perSecond = await measure(loop);
      rows.push([loop.what, `${grouped(median(perSecond))} ${loop.unit}`, range(perSecond), loop.expected]);
    }
    return [tableOf(rows)];
  },
};

/** By CPU time, that of the garbage collector's threads included: other programs may have the rest of the core. */
async function measure({ prepare }: Loop): Promise<readonly number[]> {
  const perSecond: number[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const { count, run } = await prepare();
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    if (round >= WARM_UPS) perSecond.push((count * 1_000_000) / (user + system));
  }
  return perSecond;
}

function tableOf(rows: ResultTable['rows']): ResultTable {
  return {
    title: 'In memory, on one core',
    columns: ['what', 'a CPU second (median)', 'slowest to fastest round', 'expected'],
    rows,
    notes: [
      `${ROUNDS} rounds of ${grouped(EVENTS)} after ${WARM_UPS} to warm up, each on empty stores; batches of ${BATCH}, ${grouped(SUBJECTS)} subjects, records of 300 bytes.`,
      'By the CPU time of all threads, garbage collection included, so that other programs on the machine count less.',
    ],
  };
}

function memoryCommitter(): ReturnType<typeof createInMemoryCommitter> {
  return createInMemoryCommitter({ ports: { now: () => SAMPLE_TIME_MS, newToken: randomUUID } });
}

function memoryClock(): ReturnType<typeof openLamportClock> {
  return openLamportClock({ service: 'bench', store: new InMemoryLimitStore() });
}

function messages(): readonly ReturnType<typeof messageOf>[] {
  return Array.from({ length: EVENTS }, (_, i) => messageOf(sampleEnvelope(subjectOf(i))));
}

/** The next beat of the next instance: a thousand of them take turns. */
function heartbeat(i: number, intervalMs: number): ObservedHeartbeat {
  const [instance, beat] = [i % SUBJECTS, Math.floor(i / SUBJECTS)];
  return {
    service: `service-${instance % 10}`,
    instanceId: `instance-${instance}`,
    incarnation: `incarnation-${instance}`,
    seq: beat + 1,
    sentAtMs: SAMPLE_TIME_MS + beat * intervalMs + instance,
    uptimeMs: beat * intervalMs + instance,
    intervalMs,
    state: 'up',
  };
}

function subjectOf(i: number): string {
  return `cart-${i % SUBJECTS}`;
}

function batchesOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: items.length / BATCH }, (_, i) => items.slice(i * BATCH, (i + 1) * BATCH));
}

function range(perSecond: readonly number[]): string {
  return `${grouped(Math.min(...perSecond))} to ${grouped(Math.max(...perSecond))}`;
}

/** Three significant digits are all that times give: `12,300`. */
function grouped(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}
