import { createHash } from 'node:crypto';
import {
  type CommitEvent,
  type CommitOutcome,
  EventCommitter,
  isRollback,
  type LogRecord,
  type RollbackResult,
} from '@latido/event-commit';
import { VersionedValue } from '@latido/versioned-value';
import {
  type LogPorts,
  type LogWriter,
  openLog,
  recoverAbandoned,
  type Redeliver,
  WriterWatch,
} from '@latido/write-ahead-log';
import { faulty, type Intercept, SimulatedFaultError } from '../core/faulty';
import type { CommitScenario, ThreadScript } from './scenario';
import type { Message, ModelTables } from './tables';

const SERVICE = 'service-b';
const DAY_MS = 24 * 60 * 60 * 1000;
const CLAIM_LIFE_MS = 46 * DAY_MS;

/** The last answer each rollback got. */
export type RollbackAnswers = Map<string, RollbackResult>;

/** One process of the consumer, made of the production code, with everything outside behind `intercept`. */
export class ModelProcess {
  private readonly tables: ModelTables;
  private readonly committer: EventCommitter;
  private readonly watch = new WriterWatch(0);
  private readonly logPorts: LogPorts<LogRecord>;
  private tokens = 0;
  private logs = 0;

  constructor(
    readonly name: string,
    tables: ModelTables,
    intercept: Intercept,
    private readonly scenario: Pick<CommitScenario, 'options' | 'repeatsCalls'>,
    private readonly answers: RollbackAnswers,
  ) {
    this.tables = behind(tables, this.scenario.repeatsCalls ? repeating(intercept) : intercept);
    const newToken = (): string => `${name}-${(this.tokens += 1)}`;
    const { now } = this;
    const ports = { ...this.tables, now, newToken, sha256Hex, lamportAfter: (clock: number) => clock + 1 };
    this.committer = new EventCommitter(ports, scenario.options);
    this.logPorts = { ...this.tables, now, newToken, retry: (call) => call() };
  }

  /** Prepares a thread while nothing can go wrong yet. @returns what it does then. */
  async thread(
    script: ThreadScript,
    deliveries: (event: CommitEvent) => Message,
  ): Promise<() => Promise<void>> {
    if (script.does === 'take over') return async () => this.takeOver();
    if (script.does === 'prune') return async () => ignoringFaults(() => this.prune(script));
    const log = await this.openLog();
    if (script.does === 'roll back') return async () => this.rollBack(script, log);
    const batches = script.batches.map((batch) => batch.map(deliveries));
    return async () => {
      for (const batch of batches) await this.handle(batch, log);
    };
  }

  /** Applies events without acknowledging anything, each in a batch of its own. */
  async applyOneByOne(events: readonly CommitEvent[]): Promise<void> {
    if (events.length === 0) return;
    const log = await this.openLog();
    for (const event of events) await this.committer.commitBatch([event], log);
    await log.release();
  }

  /** Looks at the writers as they are, so that the next look finds them abandoned. */
  async watchWriters(): Promise<void> {
    this.watch.observe(await this.tables.writers.readAll(SERVICE), this.now());
  }

  async openLog(): Promise<LogWriter<LogRecord>> {
    const { log } = await openLog(
      { service: SERVICE, claimLifeMs: CLAIM_LIFE_MS, redeliver: this.redeliver },
      this.logPorts,
    );
    return log;
  }

  /** The consumer's order: commit, then receipts, then acknowledge. */
  async handle(batch: readonly Message[], log: LogWriter<LogRecord>): Promise<void> {
    await ignoringFaults(async () => {
      const outcomes = await this.committer.commitBatch(
        batch.map(({ event }) => event),
        log,
      );
      const settled = batch.flatMap((message, i) => {
        const outcome = outcomes[i];
        return outcome && outcome.kind !== 'failed' ? [{ ...message, outcome }] : [];
      });
      if (settled.length === 0) return;
      await this.tables.receipts.send(settled.map(({ event, outcome }) => ({ event, outcome })));
      await this.tables.queue.acknowledge(settled.map(({ handle }) => handle));
    });
  }

  /** Takes over what others hold, and handles what is left in the queue. */
  async takeOver(): Promise<void> {
    await ignoringFaults(async () => {
      const { watch, redeliver } = this;
      const request = {
        service: SERVICE,
        watch,
        redeliver,
        ownSlots: new Set<number>(),
        claimLifeMs: CLAIM_LIFE_MS,
      };
      await recoverAbandoned(request, this.logPorts);
      const left = await this.tables.queue.receive();
      if (left.length > 0) await this.handle(left, await this.openLog());
    });
  }

  private readonly redeliver: Redeliver<LogRecord> = async (record, token) => {
    const outcome = await this.committer.redeliver(record, token);
    if (isRollback(record) || !outcome) return;
    await this.tables.receipts.send([{ event: record, outcome: outcome satisfies CommitOutcome }]);
  };

  private async rollBack(
    { request, tries }: Extract<ThreadScript, { does: 'roll back' }>,
    log: LogWriter<LogRecord>,
  ): Promise<void> {
    for (let i = 0; i < tries; i += 1) {
      await ignoringFaults(async () => {
        const answer = await this.committer.rollBack(request, log);
        this.answers.set(`http#${request.idempotencyKey}`, answer);
      });
    }
  }

  private readonly now = (): number => this.tables.time.nowMs;

  private async prune({ subject, keep }: Extract<ThreadScript, { does: 'prune' }>): Promise<void> {
    const { now } = this;
    const versions = new VersionedValue({ store: this.tables.versions, now, newToken: () => '', sha256Hex });
    await versions.prune({ subject, keep, horizonMs: 45 * DAY_MS });
  }
}

function behind(tables: ModelTables, intercept: Intercept): ModelTables {
  return {
    claims: faulty('claims', tables.claims, intercept),
    versions: faulty('versions', tables.versions, intercept),
    segments: faulty('segments', tables.segments, intercept),
    writers: faulty('writers', tables.writers, intercept),
    queue: faulty('queue', tables.queue, intercept),
    receipts: faulty('receipts', tables.receipts, intercept),
    time: tables.time,
  };
}

function repeating(intercept: Intercept): Intercept {
  return async (call) => {
    try {
      return await intercept(call);
    } catch (error) {
      if (error instanceof SimulatedFaultError) return intercept(call);
      throw error;
    }
  };
}

/** A process that meets a fault goes on with its next work; what it did not finish is delivered again. */
async function ignoringFaults(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SimulatedFaultError) && !isSlotProblem(error)) throw error;
  }
}

function isSlotProblem(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['log_fenced', 'slot_unavailable'].includes(String(error.code))
  );
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
