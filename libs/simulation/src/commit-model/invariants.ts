import type { CommitEvent, CommitOptions, CommitOutcome, RollbackResult } from '@latido/event-commit';
import type { JsonValue, Version } from '@latido/versioned-value';
import { snapshot } from '../core/snapshot';
import type { RollbackAnswers } from './model-process';
import type { ModelTables } from './tables';

/** A promise of the commit protocol that a run has broken. */
class BrokenPromiseError extends Error {
  override readonly name = 'BrokenPromiseError';
  readonly code = 'broken_promise';
}

/**
 * What holds at every moment, whatever is in flight:
 * - versions of a subject are dense from 1;
 * - a request makes at most one version;
 * - a claim never names a version beyond the head + 1.
 */
export function checkAlways({ claims, versions }: ModelTables): void {
  const heads = new Map<string, number>();
  const requests = new Set<string>();
  for (const { subject, number, requestId } of versions.written.values()) {
    heads.set(subject, Math.max(heads.get(subject) ?? 0, number));
    promise(!requests.has(requestId), `${requestId} made two versions`);
    requests.add(requestId);
  }
  for (const [subject, head] of heads) {
    for (let number = 1; number <= head; number += 1)
      promise(
        versions.written.has(`${subject}#${number}`),
        `version ${number} of ${subject} is missing below ${head}`,
      );
  }
  for (const { requestId, decision } of claims.current.values()) {
    if ('version' in decision && requestId.startsWith('event#'))
      promise(
        decision.version <= (heads.get(decision.subject) ?? 0) + 1,
        `${requestId} is claimed beyond the head`,
      );
  }
}

/** Everything that was delivered, and the order that its versions follow. */
interface AcceptedEvents {
  readonly events: readonly CommitEvent[];
  readonly ordering?: CommitOptions['ordering'] | undefined;
}

/**
 * What holds once everything was delivered often enough and nothing is in flight:
 * - each accepted event has exactly one version, at the number its claim says, and a rejected one none;
 * - each version's value follows from the one before by its own event; in Lamport order it is the one of
 *   the greatest event up to there;
 * - no receipt says `failed` for an applied event, or another version than the one that is there;
 * - a rollback that was answered as done is there, and one that was refused is not (but for a pruned target).
 */
export function checkSettled(
  tables: ModelTables,
  { events, ordering }: AcceptedEvents,
  answers: RollbackAnswers,
): void {
  checkAlways(tables);
  const byRequest = new Map(
    [...tables.versions.written.values()].map((version) => [version.requestId, version]),
  );
  for (const event of events) checkEvent(tables, event, byRequest.get(`event#${event.id}`));
  for (const version of tables.versions.written.values()) checkValue(tables, { events, ordering }, version);
  for (const { event, outcome } of tables.receipts.received.values())
    checkReceipt(outcome, isOwner(tables, event) ? byRequest.get(`event#${event.id}`) : undefined, event);
  for (const [requestId, { outcome }] of answers) checkAnswer(outcome, byRequest.has(requestId), requestId);
}

function checkAnswer(outcome: RollbackResult['outcome'], isThere: boolean, requestId: string): void {
  // An earlier try whose answer was lost may still land when the target is pruned in between.
  if (outcome === 'target_pruned') return;
  const isDone = outcome === 'rolled_back' || outcome === 'already_applied';
  promise(isThere === isDone, `${requestId} was answered ${outcome}`);
}

function checkEvent(
  { claims, receipts }: ModelTables,
  event: CommitEvent,
  version: Version | undefined,
): void {
  const claim = claims.current.get(`event#${event.id}`);
  const isReported = [...receipts.received.values()].some((receipt) => receipt.event.id === event.id);
  promise(claim !== undefined || version !== undefined || isReported, `${event.id} was lost`);
  if (claim?.fingerprint !== event.fingerprint) return;
  if ('rejected' in claim.decision) promise(!version, `${event.id} is rejected and applied`);
  else
    promise(
      version?.number === claim.decision.version || isQuarantined(receipts, event),
      `${event.id} is not at version ${claim.decision.version}`,
    );
}

/** Too old to be applied: only time that passed makes that of an event that was accepted once. */
function isQuarantined({ received }: ModelTables['receipts'], { id }: CommitEvent): boolean {
  return [...received.values()].some(
    ({ event, outcome }) =>
      event.id === id && outcome.kind === 'quarantined' && outcome.reason === 'beyond_horizon',
  );
}

/** Whether the id belongs to this event and not to an impostor; nobody knows any more once the claim is forgotten. */
function isOwner({ claims }: ModelTables, event: CommitEvent): boolean {
  const claim = claims.current.get(`event#${event.id}`);
  return !claim || claim.fingerprint === event.fingerprint;
}

function checkReceipt(outcome: CommitOutcome, version: Version | undefined, { id }: CommitEvent): void {
  switch (outcome.kind) {
    case 'applied':
    case 'moved':
    case 'duplicate':
      return promise(version?.number === outcome.version, `${id} is said to be version ${outcome.version}`);
    case 'quarantined':
      // Beyond the horizon nobody can say whether it was applied, and the receipt does not.
      return promise(!version || outcome.reason === 'beyond_horizon', `${id} is quarantined and is applied`);
    case 'rejected':
    case 'failed':
      return promise(!version, `${id} is said to be ${outcome.kind} and is applied`);
  }
}

function checkValue(tables: ModelTables, { events, ordering }: AcceptedEvents, version: Version): void {
  const { subject, number, cause, content } = version;
  const at = (n: number): Version | undefined => tables.versions.written.get(`${subject}#${n}`);
  const eventOf = ({ requestId }: Version): CommitEvent | undefined =>
    events.find(
      (candidate) =>
        requestId === `event#${candidate.id}` &&
        candidate.operation !== undefined &&
        isOwner(tables, candidate),
    );
  const upToHere = [...tables.versions.written.values()].filter(
    (other) => other.subject === subject && other.number <= number,
  );
  const maker = ordering === 'lamport' ? greatest(upToHere.map(eventOf)) : eventOf(version);
  const expected =
    cause.kind === 'rollback' ? at(cause.toVersion)?.content : contentAfter(at(number - 1), maker);
  promise(
    snapshot(content) === snapshot(expected),
    `version ${number} of ${subject} holds ${snapshot(content)}`,
  );
}

/** Events of the model in Lamport order have times of their own. */
function greatest(events: readonly (CommitEvent | undefined)[]): CommitEvent | undefined {
  return events.toSorted((a, b) => (b?.lamport ?? 0) - (a?.lamport ?? 0))[0];
}

/** Written a second time, in its shortest form: merges in the model are flat, and add to an object or nothing. */
function contentAfter(
  previous: Version | undefined,
  event: CommitEvent | undefined,
): Version['content'] | undefined {
  const value = previous?.content.kind === 'value' ? previous.content.value : undefined;
  const before = typeof value === 'object' ? value : {};
  if (event?.operation?.kind === 'put') return { kind: 'value', value: event.operation.value };
  if (event?.operation?.kind === 'delete') return { kind: 'deleted' };
  const patch = event?.operation?.patch;
  return patch === undefined
    ? undefined
    : { kind: 'value', value: Object.assign({}, before, patch) as JsonValue };
}

function promise(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new BrokenPromiseError(otherwise);
}
