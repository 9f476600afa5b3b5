import type {
  DeleteMessageBatchCommandInput,
  DeleteMessageBatchCommandOutput,
  ReceiveMessageCommandOutput,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** How long deliveries took, each and together. */
export interface Deliveries {
  readonly durationMs: number;
  readonly latenciesMs: readonly number[];
}

/**
 * Times deliveries at the SQS client, so that every consumer is measured alike, whatever it is built from: from
 * the answer that brought a message to the answer of the call that deleted it.
 */
export class DeliveryWatch {
  private readonly receivedAtMs = new Map<string, number>();
  private latencies: number[] = [];
  private firstReceivedAtMs: number | undefined;
  private awaited = Infinity;
  private onAll: () => void = () => undefined;

  /** From now on watches this client; a consumer may have several. */
  attach(client: SQSClient): void {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        if (context.commandName === 'ReceiveMessageCommand') this.noteReceived(result.output);
        if (context.commandName === 'DeleteMessageBatchCommand')
          this.noteDeleted(args.input as DeleteMessageBatchCommandInput, result.output);
        return result;
      },
      { step: 'initialize', priority: 'high', name: 'latidoDeliveryWatch' },
    );
  }

  /** Resolves when `count` messages are deleted. The time begins with the first of them, so no start-up is in it. */
  async untilDeleted(count: number): Promise<Deliveries> {
    this.latencies = [];
    this.firstReceivedAtMs = undefined;
    this.awaited = count;
    await new Promise<void>((resolve) => {
      this.onAll = resolve;
    });
    const durationMs = performance.now() - (this.firstReceivedAtMs ?? 0);
    return { durationMs, latenciesMs: this.latencies };
  }

  private noteReceived({ Messages = [] }: ReceiveMessageCommandOutput): void {
    const nowMs = performance.now();
    if (Messages.length > 0) this.firstReceivedAtMs ??= nowMs;
    for (const { ReceiptHandle = '' } of Messages) this.receivedAtMs.set(ReceiptHandle, nowMs);
  }

  private noteDeleted(
    { Entries = [] }: DeleteMessageBatchCommandInput,
    output: Partial<DeleteMessageBatchCommandOutput>,
  ): void {
    const nowMs = performance.now();
    const failed = new Set((output.Failed ?? []).map(({ Id }) => Id));
    for (const { Id, ReceiptHandle = '' } of Entries) {
      const startMs = this.receivedAtMs.get(ReceiptHandle);
      if (startMs === undefined || failed.has(Id)) continue;
      this.receivedAtMs.delete(ReceiptHandle);
      this.latencies.push(nowMs - startMs);
    }
    if (this.latencies.length >= this.awaited) this.onAll();
  }
}
