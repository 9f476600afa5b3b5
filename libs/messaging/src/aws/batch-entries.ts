import type { PublishResult } from '../core/publish/publisher';
import { isTransient } from '../core/errors';
import { codeOfEntry } from './error-mapping';

/** What SNS and SQS answer to a batch; entries are named by their place. */
interface BatchAnswer {
  readonly Successful?: readonly Entry<{ Id: string; MessageId: string }>[] | undefined;
  readonly Failed?:
    readonly Entry<{ Id: string; Code: string; Message: string; SenderFault: boolean }>[] | undefined;
}

/** The SDK declares every member as possibly absent. */
type Entry<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** One result an entry, in the order of the entries; one that is not spoken of has failed. */
export function batchResults(entries: number, answer: BatchAnswer): readonly PublishResult[] {
  const results: PublishResult[] = Array.from({ length: entries }, () => UNANSWERED);
  for (const { Id, MessageId } of answer.Successful ?? [])
    results[Number(Id)] = { outcome: 'published', messageId: MessageId ?? '' };
  for (const { Id, Code, Message, SenderFault } of answer.Failed ?? []) {
    const code = codeOfEntry(Code, SenderFault ?? false);
    const detail = `${Code ?? 'no code'}: ${Message ?? 'no message'}`;
    results[Number(Id)] = { outcome: 'failed', code, retryable: isTransient(code), detail };
  }
  return results;
}

/** Attributes as both brokers take them. */
export function textAttributes(
  attributes: Readonly<Record<string, string>>,
): Record<string, { DataType: 'String'; StringValue: string }> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
}

const UNANSWERED: PublishResult = {
  outcome: 'failed',
  code: 'unavailable',
  retryable: true,
  detail: 'the broker did not speak of this entry',
};
