import type { OperationLog } from '@latido/event-commit';
import type { Disposition, ReceivedMessage } from '@latido/messaging';
import type { Receipt } from '../receipts/receipt';
import type { LogSlots } from '../log/log-slots';
import type { Processed } from './process-batch';
import type { Understood } from './understand';

/** What one batch came to, in messages. */
export interface BatchSummary {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly received: number;
  readonly acknowledged: number;
  readonly givenBack: number;
  readonly deadLettered: number;
}

export interface EventConsumerPorts {
  readonly slots: Pick<LogSlots, 'lend'>;
  readonly process: (batch: readonly ReceivedMessage[], log: OperationLog) => Promise<readonly Processed[]>;
  readonly sendReceipts: (receipts: readonly Receipt[]) => Promise<readonly boolean[]>;
  /** Reads a message of a batch that could not be handled at all, so that the books hear of the attempt. */
  readonly understand: (message: ReceivedMessage) => Understood;
  /** For metrics and the books: each message that was handled, and each that arrived in the dead-letter queue. */
  readonly observe: (handled: HandledMessage) => void;
  readonly now: () => number;
}

/** One message and what became of it. `dead_lettered` is said when the dead letter has arrived, not before. */
export interface HandledMessage {
  readonly processed: Processed;
  readonly arrivedAtMs: number;
  readonly result: 'acknowledged' | 'given_back' | 'dead_lettered';
}

/** A receipt for a dead letter was not taken: the message must stay, so that it is repeated. */
class ReceiptNotSentError extends Error {
  override readonly name = 'ReceiptNotSentError';
  readonly code = 'receipt_not_sent';

  constructor(readonly requestId: string) {
    super(`the receipt for ${requestId} was not taken; the message is given back and dead-lettered again`);
  }
}

/** What the queue's consumer calls: a batch at a time, and once for each message that was dead-lettered. */
export class EventConsumer {
  private readonly burials = new WeakMap<
    ReceivedMessage,
    { readonly processed: Processed; readonly arrivedAtMs: number }
  >();
  private last: BatchSummary | undefined;

  constructor(private readonly ports: EventConsumerPorts) {}

  /** The newest batch, whoever asked for it. */
  get lastBatch(): BatchSummary | undefined {
    return this.last;
  }

  /** Handles a batch on a slot of its own. Throws when nothing can work now; then all of it is given back. */
  async handle(batch: readonly ReceivedMessage[]): Promise<readonly Disposition[]> {
    const arrivedAtMs = this.ports.now();
    const processed = await this.process(batch, arrivedAtMs);
    for (const one of processed) this.note(one, arrivedAtMs);
    this.last = summaryOf(processed, this.ports.now());
    return processed.map(({ disposition }) => disposition);
  }

  /** The dead letter has arrived: now its producer may be told, and then the message may be deleted. */
  async afterDeadLetter(message: ReceivedMessage): Promise<void> {
    const burial = this.burials.get(message);
    const receipt = burial?.processed.receiptAfterBurial;
    const [isTaken = true] = receipt ? await this.ports.sendReceipts([receipt]) : [];
    if (!isTaken) throw new ReceiptNotSentError(receipt?.data.requestId ?? '');
    if (burial) this.ports.observe({ ...burial, result: 'dead_lettered' });
  }

  private async process(
    batch: readonly ReceivedMessage[],
    arrivedAtMs: number,
  ): Promise<readonly Processed[]> {
    try {
      return await this.ports.slots.lend((log) => this.ports.process(batch, log));
    } catch (error) {
      for (const message of batch) {
        const understood = this.ports.understand(message);
        this.note({ message, understood, disposition: { kind: 'giveBack' } }, arrivedAtMs);
      }
      throw error;
    }
  }

  private note(processed: Processed, arrivedAtMs: number): void {
    const { kind } = processed.disposition;
    if (kind === 'deadLetter') this.burials.set(processed.message, { processed, arrivedAtMs });
    else
      this.ports.observe({
        processed,
        arrivedAtMs,
        result: kind === 'giveBack' ? 'given_back' : 'acknowledged',
      });
  }
}

function summaryOf(processed: readonly Processed[], atMs: number): BatchSummary {
  const count = (kind: Disposition['kind']): number =>
    processed.filter(({ disposition }) => disposition.kind === kind).length;
  return {
    atMs,
    received: processed.length,
    acknowledged: count('acknowledge'),
    givenBack: count('giveBack'),
    deadLettered: count('deadLetter'),
  };
}
