import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import type { MessageQueue, VisibilityChange } from '../core/consume/message-queue';
import type { ReceivedMessage } from '../core/consume/received-message';
import type { OutgoingMessage } from '../core/publish/outgoing-message';
import type { PublishResult } from '../core/publish/publisher';
import { batchResults, textAttributes } from './batch-entries';
import type { SqsClients } from './clients';
import { toMessagingError } from './error-mapping';
import { portableBody } from './portable-body';
import { RECEIVE_EVERYTHING, toReceivedMessage } from './received-message';

/**
 * One SQS queue, standard or FIFO (`.fifo`).
 *
 * Entries of a batch are named by their place, not by message id: two copies of one message in a batch would
 * have one name, and SQS refuses the whole call.
 */
export class SqsQueue implements MessageQueue {
  /** Last part of the URL. */
  readonly name: string;

  constructor(
    private readonly clients: SqsClients,
    readonly url: string,
  ) {
    this.name = url.slice(url.lastIndexOf('/') + 1);
  }

  async receive(request: {
    readonly maxMessages: number;
    readonly visibilitySeconds: number;
    readonly waitSeconds: number;
  }): Promise<readonly ReceivedMessage[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.url,
      MaxNumberOfMessages: request.maxMessages,
      VisibilityTimeout: request.visibilitySeconds,
      WaitTimeSeconds: request.waitSeconds,
      MessageAttributeNames: [...RECEIVE_EVERYTHING.messageAttributeNames],
      MessageSystemAttributeNames: [...RECEIVE_EVERYTHING.messageSystemAttributeNames],
    });
    const { Messages } = await this.attempt(async () => this.clients.polls.send(command));
    return (Messages ?? []).map(toReceivedMessage);
  }

  async delete(receiptHandles: readonly string[]): Promise<readonly string[]> {
    const Entries = receiptHandles.map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle }));
    const command = new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries });
    const { Failed } = await this.attempt(async () => this.clients.commands.send(command));
    return (Failed ?? []).map(({ Id }) => receiptHandles[Number(Id)] ?? '');
  }

  async changeVisibility(changes: readonly VisibilityChange[]): Promise<readonly string[]> {
    const Entries = changes.map(({ receiptHandle, seconds }, i) => ({
      Id: String(i),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }));
    const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries });
    const { Failed } = await this.attempt(async () => this.clients.commands.send(command));
    return (Failed ?? []).map(({ Id }) => changes[Number(Id)]?.receiptHandle ?? '');
  }

  async sendBatch(messages: readonly OutgoingMessage[]): Promise<readonly PublishResult[]> {
    const command = new SendMessageBatchCommand({
      QueueUrl: this.url,
      Entries: messages.map((message, i) => this.entryOf(message, i)),
    });
    return batchResults(messages.length, await this.attempt(async () => this.clients.commands.send(command)));
  }

  private entryOf(message: OutgoingMessage, i: number): SendMessageBatchRequestEntry {
    const fifo = this.name.endsWith('.fifo');
    return {
      Id: String(i),
      MessageBody: portableBody(message.body),
      MessageAttributes: textAttributes(message.attributes),
      ...(fifo && message.groupId !== undefined && { MessageGroupId: message.groupId }),
      ...(fifo &&
        message.deduplicationId !== undefined && { MessageDeduplicationId: message.deduplicationId }),
    };
  }

  private async attempt<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw toMessagingError({ kind: 'queue', name: this.name }, error);
    }
  }
}
