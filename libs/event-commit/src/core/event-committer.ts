import type { CommitEvent } from './commit-event';
import { createCommitMemory } from './commit-memory';
import { type CommitOptions, DEFAULT_COMMIT_OPTIONS } from './commit-options';
import type { CommitPorts } from './commit-ports';
import { ContendedError, GroupStoppedError } from './errors';
import { foldCopies } from './fold';
import { lanesOf } from './lanes';
import { isRollback, type LogRecord } from './log-record';
import type { LoggedOperation, Operation } from './operation';
import type { OperationLog } from './operation-log';
import type { CommitOutcome } from './outcome';
import { finishRollback, rollBack, type RollbackRequest, type RollbackResult } from './roll-back';
import { admit } from './steps/admit';
import { apply } from './steps/apply';
import { claim } from './steps/claim';
import { inspect } from './steps/inspect';
import { log } from './steps/log';
import { move } from './steps/move';
import { reject } from './steps/reject';
import type { Step, StepContext } from './steps/step';

/**
 * What a consumer calls. A stream whose claim, log and version are fused into one put would be another
 * implementation of the same port.
 */
export interface BatchCommitter {
  /** @returns one outcome for each event, in their order. Never throws for what one event met. */
  commitBatch(events: readonly CommitEvent[], log: OperationLog): Promise<readonly CommitOutcome[]>;
}

/**
 * Gives every event exactly one version, whatever dies when. One for each process; its pollers share it.
 *
 *     batch   admit ──▶ fold ──▶ log ──▶ lanes, in parallel
 *
 *     event            ┌───────────────────────────────────┐ refused: whatever is stored rules
 *             claim ───┤ stored                            ▼
 *                      └─────▶ apply ◀───── absent ─── inspect ──▶ done: applied before
 *                       stored │ ▲ │ too large            │
 *                        done ◀┘ │ └───▶ reject ──▶ done  │ taken by another
 *                                └────────── move ◀───────┘
 *
 * Nothing marks an event as done. Done *is* that a version with its RequestID exists: the claim says
 * where to look, the version says whether it happened, and both are written at most once a number.
 *
 * Send the receipt before you acknowledge: an event that is acknowledged and not yet reported stays
 * `pending` at its sender for ever when the process dies in between.
 *
 * @example
 * const committer = new EventCommitter(ports);
 * const outcomes = await committer.commitBatch(events, log);
 */
export class EventCommitter implements BatchCommitter {
  private readonly context: StepContext & CommitPorts;

  constructor(ports: CommitPorts, options: Partial<CommitOptions> = {}) {
    const numbers = { ...DEFAULT_COMMIT_OPTIONS, ...options };
    this.context = { ...ports, options: numbers, memory: createCommitMemory(numbers) };
  }

  async commitBatch(
    events: readonly CommitEvent[],
    operationLog: OperationLog,
  ): Promise<readonly CommitOutcome[]> {
    const { leaders, leaderOf } = foldCopies(events);
    const outcomes = new Map<CommitEvent, CommitOutcome>();
    const open = leaders.filter((event) => {
      const outcome = admit(this.context, event);
      if (outcome) outcomes.set(event, outcome);
      return !outcome;
    });
    try {
      const { operations, tooLarge } = await log(operationLog, open);
      for (const event of tooLarge) outcomes.set(event, { kind: 'quarantined', reason: 'too_large_to_log' });
      await Promise.all(lanesOf(operations).map((lane) => this.commitLane(lane, outcomes)));
      for (const { place } of operations) operationLog.finish(place);
    } catch (error) {
      for (const event of open) outcomes.set(event, { kind: 'failed', error });
    }
    return leaderOf.map((leader) => outcomes.get(leader)!);
  }

  /**
   * Repeats one logged operation, for the recovery of a slot: by the same steps under the same token,
   * and without an acknowledgement.
   *
   * @returns the outcome to send a receipt for; nothing for a rollback, whose caller asks again himself.
   * @throws what made the operation fail, so that recovery counts it and goes on.
   */
  async redeliver(record: LogRecord, token: string): Promise<CommitOutcome | undefined> {
    if (isRollback(record)) {
      await finishRollback(this.context, { record, token });
      return undefined;
    }
    const outcome = admit(this.context, record) ?? (await this.commit({ event: record, token }));
    if (outcome.kind === 'failed') throw outcome.error;
    return outcome;
  }

  /** Makes a new version with the content of an old one, if the caller has seen the head. See {@link RollbackRequest}. */
  async rollBack(request: RollbackRequest, operationLog: OperationLog): Promise<RollbackResult> {
    return rollBack(this.context, request, operationLog);
  }

  private async commitLane(
    lane: readonly LoggedOperation[],
    outcomes: Map<CommitEvent, CommitOutcome>,
  ): Promise<void> {
    const stopped = new Map<string, unknown>();
    for (const operation of lane) {
      const { subject } = operation.event;
      const outcome: CommitOutcome = stopped.has(subject)
        ? { kind: 'failed', error: new GroupStoppedError(subject, { cause: stopped.get(subject) }) }
        : await this.commit(operation);
      outcomes.set(operation.event, outcome);
      if (outcome.kind === 'failed' && this.context.options.ordering === 'fifo')
        stopped.set(subject, outcome.error);
    }
  }

  private async commit(operation: Operation): Promise<CommitOutcome> {
    const { maxSteps } = this.context.options;
    let next: Step = { step: 'claim' };
    let moved = false;
    try {
      for (let steps = 0; steps < maxSteps; steps += 1) {
        next = await this.take(next, operation);
        if (next.step === 'done') return moved ? asMoved(next.outcome) : next.outcome;
        moved ||= next.step === 'move';
      }
      return { kind: 'failed', error: new ContendedError(operation.event.id, maxSteps) };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  private take(next: Exclude<Step, { step: 'done' }>, operation: Operation): Promise<Step> {
    if (next.step === 'claim') return claim(this.context, operation);
    if (next.step === 'inspect') return inspect(this.context, operation, next);
    if (next.step === 'apply') return apply(this.context, operation, next);
    if (next.step === 'move') return move(this.context, operation, next.claim);
    return reject(this.context, operation, next);
  }
}

function asMoved(outcome: CommitOutcome): CommitOutcome {
  return outcome.kind === 'applied' ? { kind: 'moved', version: outcome.version } : outcome;
}
