import { isIntact, type Sha256Hex } from './checksum';
import { planRollback } from './plan-rollback';
import { type RollbackOutcome, settleRollback } from './settle-rollback';
import type { Version, VersionStore } from './version';

export interface RollBackInput {
  readonly store: VersionStore;
  readonly subject: string;
  readonly toVersion: number;
  /** The version number that the caller saw as current. */
  readonly ifMatch: number;
  /** `http#<Idempotency-Key>`; the same one again for a retry. */
  readonly requestId: string;
  readonly token: string;
  /** Lamport time of the request; the version's clock is above it and above the head's. */
  readonly lamport: number;
  readonly nowMs: number;
  readonly sha256Hex: Sha256Hex;
}

/** A version whose content is not the one that was written: somebody changed the table by hand. */
export class VersionCorruptError extends Error {
  override readonly name = 'VersionCorruptError';
  readonly code = 'version_corrupt';

  constructor(
    readonly subject: string,
    readonly number: number,
  ) {
    super(
      `version ${number} of ${subject} does not have the checksum it was written with; ` +
        'restore the item from a backup, or roll back to another version',
    );
  }
}

/**
 * Rolls a subject back by writing a new version with an old one's content, if the head is still the
 * one the caller saw. Three trips.
 *
 * For users of this pattern alone. Composed with a claim and a log, plan and settle are called from
 * the composition, which logs the plan before it is put.
 *
 * @throws {@link VersionCorruptError} when the old content is not the one that was written.
 */
export async function rollBack(input: RollBackInput): Promise<RollbackOutcome> {
  const { store, subject, ifMatch, toVersion } = input;
  const head = await store.readHead(subject);
  const overtaken = head !== undefined && head.number > ifMatch;
  const plan = planRollback({
    ...input,
    head,
    successor: overtaken ? await store.read(subject, ifMatch + 1) : undefined,
    target: head?.number === ifMatch ? await readTarget(input, toVersion) : undefined,
  });
  if (plan.outcome !== 'put') return plan;
  return settleRollback(plan.version, await store.putIfAbsent(plan.version));
}

async function readTarget(input: RollBackInput, number: number): Promise<Version | undefined> {
  const target = await input.store.read(input.subject, number);
  if (target && !isIntact(target, input.sha256Hex)) throw new VersionCorruptError(input.subject, number);
  return target;
}
