import type { DeadLetterDisposition, Disposition } from './disposition';
import type { VisibilityChange } from './message-queue';
import type { ReceivedMessage } from './received-message';
import { type Backoff, backoffMs } from '../time/backoff';

/** Longest time SQS hides a message: 12 hours. */
const MAX_VISIBILITY_SECONDS = 43_200;

/** What is to be done with the messages of one batch. */
export interface SettlementPlan {
  readonly acknowledged: readonly ReceivedMessage[];
  readonly deadLetters: readonly {
    readonly message: ReceivedMessage;
    readonly disposition: DeadLetterDisposition;
  }[];
  readonly givenBack: readonly VisibilityChange[];
}

/**
 * Sorts a batch by the dispositions of its messages. Pure.
 *
 * Messages of one FIFO group come back together, after the longest of their delays: the later of two must
 * not become visible first.
 */
export function planSettlement(
  batch: readonly ReceivedMessage[],
  dispositions: readonly Disposition[],
  delay: { readonly backoff: Backoff; readonly random: () => number },
): SettlementPlan {
  const acknowledged: ReceivedMessage[] = [];
  const deadLetters: { message: ReceivedMessage; disposition: DeadLetterDisposition }[] = [];
  const back: { message: ReceivedMessage; seconds: number }[] = [];
  for (const [i, message] of batch.entries()) {
    const disposition = dispositions[i] ?? { kind: 'giveBack' };
    if (disposition.kind === 'acknowledge') acknowledged.push(message);
    else if (disposition.kind === 'deadLetter') deadLetters.push({ message, disposition });
    else back.push({ message, seconds: disposition.delaySeconds ?? delaySeconds(message, delay) });
  }
  return { acknowledged, deadLetters, givenBack: back.map((entry) => visibilityChange(entry, back)) };
}

/** Grows with the deliveries of a message, in whole seconds, at least 1. */
export function delaySeconds(
  message: Pick<ReceivedMessage, 'receiveCount'>,
  delay: { readonly backoff: Backoff; readonly random: () => number },
): number {
  return Math.ceil(backoffMs(delay.backoff, Math.max(1, message.receiveCount), delay.random) / 1_000);
}

function visibilityChange(
  entry: { readonly message: ReceivedMessage; readonly seconds: number },
  all: readonly { readonly message: ReceivedMessage; readonly seconds: number }[],
): VisibilityChange {
  const { groupId, receiptHandle } = entry.message;
  const together = all.filter((other) => other === entry || (groupId && other.message.groupId === groupId));
  const seconds = Math.max(...together.map((other) => other.seconds));
  return { receiptHandle, seconds: Math.min(MAX_VISIBILITY_SECONDS, Math.max(0, Math.ceil(seconds))) };
}
