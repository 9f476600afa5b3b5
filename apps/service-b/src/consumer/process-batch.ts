import type { BatchCommitter, CommitOutcome, OperationLog } from '@latido/event-commit';
import type { Disposition, ReceivedMessage } from '@latido/messaging';
import type { Receipt } from '../receipts/receipt';
import { copiesAsDuplicates } from './copies-as-duplicates';
import { type MergeLamport, mergeLamport } from './merge-lamport';
import { type Understood, understand, type UnderstandPorts } from './understand';
import { type Verdict, verdictOfOutcome, verdictOfPoison } from './verdict';

type UnderstoodEvent = Extract<Understood, { readonly kind: 'event' }>;

/** What the processing of a batch needs from outside. */
export interface BatchPorts extends UnderstandPorts {
  readonly merge: MergeLamport;
  readonly committer: BatchCommitter;
  /**
   * Publishes receipts.
   * @returns for each whether the topic took it, in their order; never throws.
   */
  readonly sendReceipts: (receipts: readonly Receipt[]) => Promise<readonly boolean[]>;
  /** W3C trace context of what is done for one message; nothing without tracing. */
  readonly traceOf?: (message: ReceivedMessage) => string | undefined;
}

/** One message with everything that was found out about it, and what is to become of it. */
export interface Processed {
  readonly message: ReceivedMessage;
  readonly understood: Understood;
  /** Absent where the message never reached the commit protocol. */
  readonly outcome?: CommitOutcome;
  readonly disposition: Disposition;
  /** To be sent when the dead letter has arrived, and before the message is deleted. */
  readonly receiptAfterBurial?: Receipt;
}

/**
 * Takes one batch from the queue to its versions. The order of these steps is the design:
 *
 *     understand ──▶ merge the clock ──▶ commit ──▶ send receipts ──▶ acknowledge
 *                                                       before: an event that is acknowledged and not yet
 *                                                       reported stays `pending` for ever when the process dies
 *
 * A message whose receipt was not taken is given back: it comes again, as a duplicate, and so does its receipt.
 *
 * @throws the clock's store error; nothing happened then, so the whole batch may be given back.
 */
export async function processBatch(
  batch: readonly ReceivedMessage[],
  log: OperationLog,
  ports: BatchPorts,
): Promise<readonly Processed[]> {
  const understood = batch.map((message) => understand(message, ports));
  const events = await mergeLamport(understood.filter(isEvent), ports.merge);
  const outcomes = await ports.committer.commitBatch(
    events.map(({ event }) => event),
    log,
  );
  const judged = judge(batch, understood, { events, outcomes }).map((one) => traced(one, ports));
  const isTold = await tell(
    judged.map(({ verdict }) => verdict),
    ports,
  );
  return judged.map(({ verdict, ...facts }) => ({ ...facts, ...dispose(verdict, isTold) }));
}

function isEvent(understood: Understood): understood is UnderstoodEvent {
  return understood.kind === 'event';
}

interface Judged extends Pick<Processed, 'message' | 'understood' | 'outcome'> {
  readonly verdict: Verdict;
}

/** Brings the outcomes of the events together with the messages again. */
function judge(
  batch: readonly ReceivedMessage[],
  understood: readonly Understood[],
  committed: { readonly events: readonly UnderstoodEvent[]; readonly outcomes: readonly CommitOutcome[] },
): readonly Judged[] {
  const outcomes = copiesAsDuplicates(committed);
  let next = 0;
  return batch.map((message, i) => {
    const poison = understood[i]!;
    if (!isEvent(poison)) return { message, understood: poison, verdict: verdictOfPoison(poison) };
    const event = committed.events[next]!;
    const outcome = outcomes[next]!;
    next += 1;
    return { message, understood: event, outcome, verdict: verdictOfOutcome(event, outcome) };
  });
}

/** The receipt continues the trace of its event, also where events of other traces are handled with it. */
function traced(judged: Judged, { traceOf }: BatchPorts): Judged {
  const { message, verdict } = judged;
  const traceparent = traceOf?.(message);
  if (traceparent === undefined || verdict.kind === 'give_back' || verdict.receipt === undefined)
    return judged;
  return { ...judged, verdict: { ...verdict, receipt: { ...verdict.receipt, traceparent } } };
}

/** Sends what must be said before anything is acknowledged; copies in one batch share a receipt. */
async function tell(
  verdicts: readonly Verdict[],
  { sendReceipts }: BatchPorts,
): Promise<(receipt: Receipt) => boolean> {
  const receipts = new Map<string, Receipt>();
  for (const verdict of verdicts)
    if (verdict.kind === 'settle') receipts.set(identityOf(verdict.receipt), verdict.receipt);
  const taken = receipts.size > 0 ? await sendReceipts([...receipts.values()]) : [];
  const told = new Set([...receipts.keys()].filter((_, i) => taken[i]));
  return (receipt) => told.has(identityOf(receipt));
}

function identityOf({ data }: Receipt): string {
  return `${data.fingerprint} ${data.requestId}`;
}

function dispose(
  verdict: Verdict,
  isTold: (receipt: Receipt) => boolean,
): Pick<Processed, 'disposition' | 'receiptAfterBurial'> {
  switch (verdict.kind) {
    case 'settle':
      return { disposition: { kind: isTold(verdict.receipt) ? 'acknowledge' : 'giveBack' } };
    case 'bury': {
      const { disposition, receipt } = verdict;
      return { disposition, ...(receipt && { receiptAfterBurial: receipt }) };
    }
    case 'give_back':
    default:
      return { disposition: { kind: 'giveBack' } };
  }
}
