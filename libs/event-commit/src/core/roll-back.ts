import { fingerprintOf, IdempotentReceiver } from '@latido/idempotent-receiver';
import { planRollback, settleRollback, type Version } from '@latido/versioned-value';
import type { CommitPorts } from './commit-ports';
import type { CommitDecision } from './decision';
import { LogFencedError } from './errors';
import type { RollbackRecord } from './log-record';
import type { LoggedPlace, OperationLog } from './operation-log';
import { readHead } from './steps/read-head';
import type { StepContext } from './steps/step';

/** A wish to go back to an older value by a new version. */
export interface RollbackRequest {
  readonly subject: string;
  readonly toVersion: number;
  /** The version the caller saw as current: the rollback becomes the one after it, or nothing. */
  readonly ifMatch: number;
  /** Repeats with the same key are one rollback. Without it, a caller who gets no answer cannot repeat safely. */
  readonly idempotencyKey?: string;
}

/** What became of a rollback. */
export type RollbackResult =
  | ReturnType<typeof settleRollback>
  /** The key belongs to a rollback with another body or If-Match (422). */
  | { readonly outcome: 'key_conflict' };

/** What a rollback needs: the steps' context, and the ports that only it uses. */
export type RollbackContext = StepContext & CommitPorts;

/**
 * Makes a new version with the content of an old one, on the condition that the head is still the one the caller saw.
 *
 *     claim the key ──▶ read the head strongly ──▶ plan ──▶ log ──▶ put ifMatch + 1 if absent
 *
 * The log comes after the plan: recovery puts what it finds there, and a rollback logged against a
 * head that is not there yet would leave a gap. It never moves: its caller said which state he meant.
 *
 * @throws {@link LogFencedError} when the slot belongs to somebody else now; nothing happened.
 * @throws a store's error; the rollback may have happened: repeat it with the same key.
 */
export async function rollBack(
  context: RollbackContext,
  request: RollbackRequest,
  log: OperationLog,
): Promise<RollbackResult> {
  const requestId = `http#${request.idempotencyKey ?? context.newToken()}`;
  if ((await claimKey(context, request, requestId)) === 'conflict') return { outcome: 'key_conflict' };
  const head = await readHead(context, request.subject);
  const lamport = head?.number === request.ifMatch ? await context.lamportAfter(head.clock) : 0;
  const { subject, ifMatch, toVersion } = request;
  const record = { requestId, subject, ifMatch, toVersion, lamport };
  const plan = await planAt(context, record, head);
  if (plan.outcome !== 'put') return plan;
  const place = await append(log, record);
  return put(context, { ...plan.version, token: place.token }).finally(() => log.finish(place));
}

/**
 * Repeats a logged rollback: puts it if the head is still the one it was planned for, else leaves
 * everything as it is.
 */
export async function finishRollback(
  context: RollbackContext,
  { record, token }: { readonly record: RollbackRecord; readonly token: string },
): Promise<void> {
  const plan = await planAt(context, record, await readHead(context, record.subject));
  if (plan.outcome === 'put') await put(context, { ...plan.version, token });
}

async function claimKey(
  context: RollbackContext,
  { idempotencyKey, subject, toVersion, ifMatch }: RollbackRequest,
  requestId: string,
): Promise<'claimed' | 'conflict'> {
  if (idempotencyKey === undefined) return 'claimed';
  const receiver = new IdempotentReceiver<CommitDecision>({
    store: context.claims,
    now: context.now,
    newToken: context.newToken,
    horizonMs: context.options.dedupHorizonMs,
  });
  const { outcome } = await receiver.receive({
    requestId,
    fingerprint: fingerprintOf({ subject, toVersion, ifMatch }, context.sha256Hex),
    decide: () => ({ subject, version: ifMatch + 1 }),
  });
  return outcome === 'conflict' ? 'conflict' : 'claimed';
}

/** Plans against the head that was read, with the one other version that the decision hangs on. */
async function planAt(
  context: RollbackContext,
  record: RollbackRecord,
  head: Version | undefined,
): Promise<ReturnType<typeof planRollback>> {
  const { subject, ifMatch, toVersion } = record;
  const headNumber = head?.number ?? 0;
  return planRollback({
    ...record,
    head,
    successor: headNumber > ifMatch ? await context.versions.read(subject, ifMatch + 1) : undefined,
    target: headNumber === ifMatch ? await context.versions.read(subject, toVersion) : undefined,
    token: '',
    nowMs: context.now(),
  });
}

async function append(log: OperationLog, record: RollbackRecord): Promise<LoggedPlace> {
  const append = await log.append([record]);
  const place = append.outcome === 'appended' ? append.places[0] : undefined;
  if (!place) throw new LogFencedError();
  return place;
}

async function put(context: RollbackContext, version: Version): Promise<ReturnType<typeof settleRollback>> {
  const write = await context.versions.putIfAbsent(version);
  const seen = write.outcome === 'stored' ? version : write.stored;
  if (seen) context.memory.heads.raise(seen, context.now());
  return settleRollback(version, write);
}
