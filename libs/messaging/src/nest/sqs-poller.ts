import type { Message } from '@aws-sdk/client-sqs';
import type { Type } from '@nestjs/common';
import { SqsConsumerEventHandler, SqsMessageHandler } from '@ssut/nestjs-sqs';
import { toMessagingError, type SqsQueue } from '../aws';
import { toReceivedMessage } from '../aws/received-message';
import type { QueueConsumer } from '../core/consume/queue-consumer';

/**
 * Makes the class whose methods @ssut/nestjs-sqs calls for one poller.
 *
 * A class a poller, because a decorated method can answer to one name only; all handlers in it, because the library
 * binds event handlers to the instance that handles messages. Without the `error` handler a lost connection would
 * end the process.
 *
 *     beginPoll (before each receive) --> messages -> handleBatch -> response_processed
 *                                     --> nothing  -> empty
 *                                     --> failure  -> error
 */
export function sqsPollerClass(name: string): Type<object> {
  class SqsPoller {
    constructor(
      private readonly consumer: QueueConsumer,
      private readonly queue: SqsQueue,
    ) {}

    /**
     * Answers that nothing is to be deleted: the consumer has done it. The library would name the entries by message id,
     * which two deliveries of one message share, and SQS would refuse the whole call.
     */
    @SqsMessageHandler(name, true)
    async handleBatch(messages: readonly Message[]): Promise<readonly Message[]> {
      await this.consumer.process(messages.map(toReceivedMessage));
      return [];
    }

    @SqsConsumerEventHandler(name, 'response_processed')
    onProcessed(): void {
      this.consumer.endPoll();
    }

    @SqsConsumerEventHandler(name, 'empty')
    onEmpty(): void {
      void this.consumer.process([]).then(() => this.consumer.endPoll());
    }

    /** With messages it would be a handler that threw, which `process` never does; the poll then ends by `response_processed`. */
    @SqsConsumerEventHandler(name, 'error')
    onError(error: Error, messages: unknown): void {
      this.consumer.pollFailed(toMessagingError({ kind: 'queue', name: this.queue.name }, error));
      if (messages === undefined) this.consumer.endPoll();
    }

    @SqsConsumerEventHandler(name, 'processing_error')
    onProcessingError(error: Error): void {
      this.consumer.pollFailed(error);
    }

    @SqsConsumerEventHandler(name, 'timeout_error')
    onTimeout(error: Error): void {
      this.consumer.pollFailed(error);
    }
  }
  return SqsPoller;
}
