import type { Claim } from '@latido/idempotent-receiver';
import { type Fate, faulty, type Intercept, type PortCall, SimulatedFaultError } from '@latido/simulation';
import type { LogWriter } from '@latido/write-ahead-log';
import type { CommitEvent } from '../core/commit-event';
import type { CommitOptions } from '../core/commit-options';
import type { CommitDecision } from '../core/decision';
import type { EventCommitter } from '../core/event-committer';
import type { LogRecord } from '../core/log-record';
import type { CommitOutcome } from '../core/outcome';
import { createInMemoryCommitter, createInMemoryTables, type InMemoryTables } from '../in-memory';
import { EVENT_TIME_MS } from './an-event';

/** What a test may do to the calls of its process. */
export interface Disturbance {
  /** What becomes of a call; `ok` for all of them by default. */
  readonly fate?: (call: PortCall) => Fate;
  /** Something that happens in the moment before a call reaches its table. */
  readonly before?: (call: PortCall) => Promise<void> | void;
}

/** A process of a test. */
export interface TestProcess {
  readonly tables: InMemoryTables;
  readonly committer: EventCommitter;
  readonly log: LogWriter<LogRecord>;
  readonly clock: { nowMs: number };
  /** Commits one batch. */
  readonly commit: (...events: readonly CommitEvent[]) => Promise<readonly CommitOutcome[]>;
  /** The calls since the last time, in the order of the alphabet, because lanes run in parallel. */
  readonly takeCalls: () => readonly string[];
  /** Trips one after the other since the last time: calls that are under way together count once. */
  readonly takeTrips: () => number;
}

/** Starts a process on tables, with a clock of its own, its calls written down and, where wanted, disturbed. */
export async function aProcess(
  setting: {
    readonly tables?: InMemoryTables;
    readonly options?: Partial<CommitOptions>;
    readonly disturbance?: Disturbance;
  } = {},
): Promise<TestProcess> {
  const { tables = createInMemoryTables(), options, disturbance = {} } = setting;
  const clock = { nowMs: EVENT_TIME_MS };
  const calls = new CallRecorder(disturbance);
  const process = createInMemoryCommitter({
    tables: {
      ...tables,
      claims: faulty('claims', tables.claims, calls.intercept),
      versions: faulty('versions', tables.versions, calls.intercept),
      segments: faulty('segments', tables.segments, calls.intercept),
    },
    ports: { now: () => clock.nowMs },
    ...(options && { options }),
  });
  const log = await process.openLog();
  calls.isRecording = true;
  return {
    tables,
    committer: process.committer,
    log,
    clock,
    commit: (...events) => process.committer.commitBatch(events, log),
    takeCalls: () => calls.names.splice(0).sort(),
    takeTrips: () => calls.trips.splice(0).length,
  };
}

class CallRecorder {
  /** Off while the process starts. */
  isRecording = false;
  readonly names: string[] = [];
  readonly trips: Promise<void>[] = [];
  private trip: Promise<void> | undefined;

  constructor(private readonly disturbance: Disturbance) {}

  readonly intercept: Intercept = async (call) => {
    if (!this.isRecording) return call.perform();
    this.names.push(call.name);
    await this.boardTrip();
    await this.disturbance.before?.(call);
    const fate = this.disturbance.fate?.(call) ?? 'ok';
    if (fate === 'failed') throw new SimulatedFaultError(call.name);
    const reply = await call.perform();
    if (fate === 'lost_reply') throw new SimulatedFaultError(call.name);
    return reply;
  };

  /** All calls made until the process waits for answers travel together. */
  private boardTrip(): Promise<void> {
    if (!this.trip) {
      this.trip = new Promise((resolve) => void setImmediate(resolve)).then(() => (this.trip = undefined));
      this.trips.push(this.trip);
    }
    return this.trip;
  }
}

/** The history of a subject, oldest first: `1 event#e1`. */
export async function ledger({ versions }: InMemoryTables, subject = 'cart-1'): Promise<readonly string[]> {
  const page = await versions.list({ subject, limit: 1_000 });
  return page.versions.map(({ number, requestId }) => `${number} ${requestId}`).reverse();
}

/** Takes the value of a version, as retention does. */
export async function prune({ versions }: InMemoryTables, number: number, subject = 'cart-1'): Promise<void> {
  const version = await versions.read(subject, number);
  if (version) await versions.prune({ ...version, content: { kind: 'pruned' } });
}

/** The claim that somebody left who died right after it. */
export async function leaveClaim(
  { claims }: InMemoryTables,
  event: CommitEvent,
  claim: { readonly version: number; readonly token: string },
): Promise<Claim<CommitDecision>> {
  const left: Claim<CommitDecision> = {
    requestId: `event#${event.id}`,
    fingerprint: event.fingerprint,
    token: claim.token,
    decision: { subject: event.subject, version: claim.version },
    expiresAtEpochSeconds: Number.MAX_SAFE_INTEGER,
  };
  await claims.putIfAbsent(left);
  return left;
}
