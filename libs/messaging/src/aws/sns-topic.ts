import { PublishBatchCommand, type PublishBatchRequestEntry, type SNSClient } from '@aws-sdk/client-sns';
import type { OutgoingMessage } from '../core/publish/outgoing-message';
import type { BatchTransport, PublishResult } from '../core/publish/publisher';
import { batchResults, textAttributes } from './batch-entries';
import { toMessagingError } from './error-mapping';

/** One SNS topic, standard or FIFO (`.fifo`). */
export class SnsTopic implements BatchTransport {
  /** Last part of the ARN. */
  readonly name: string;

  constructor(
    private readonly client: SNSClient,
    readonly arn: string,
  ) {
    this.name = arn.slice(arn.lastIndexOf(':') + 1);
  }

  async sendBatch(messages: readonly OutgoingMessage[]): Promise<readonly PublishResult[]> {
    const command = new PublishBatchCommand({
      TopicArn: this.arn,
      PublishBatchRequestEntries: messages.map((message, i) => this.entryOf(message, i)),
    });
    try {
      return batchResults(messages.length, await this.client.send(command));
    } catch (error) {
      throw toMessagingError({ kind: 'topic', name: this.name }, error);
    }
  }

  private entryOf(message: OutgoingMessage, i: number): PublishBatchRequestEntry {
    const fifo = this.name.endsWith('.fifo');
    return {
      Id: String(i),
      Message: message.body,
      MessageAttributes: textAttributes(message.attributes),
      ...(fifo && message.groupId !== undefined && { MessageGroupId: message.groupId }),
      ...(fifo &&
        message.deduplicationId !== undefined && { MessageDeduplicationId: message.deduplicationId }),
    };
  }
}
