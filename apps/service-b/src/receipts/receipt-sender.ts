import type { LamportClock } from '@latido/lamport-clock';
import {
  dataschemaOf,
  type EventEnvelope,
  eventMessage,
  type OutgoingMessage,
  type Publisher,
  type PublishResult,
  RECEIPT_V1,
} from '@latido/messaging';
import type { Receipt } from './receipt';

/** Numbers the messages of a topic, and hears what became of each number. `EdgeAggregator.produced` is one. */
interface ReceiptNumbers {
  assign(topic: string): number;
  published(number: { readonly topic: string; readonly sequence: number; readonly contract: string }): void;
  voided(number: { readonly topic: string; readonly sequence: number }): void;
}

export interface ReceiptSenderPorts {
  readonly publisher: Publisher;
  readonly clock: Pick<LamportClock, 'tick' | 'epoch'>;
  readonly numbers: ReceiptNumbers;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A UUIDv7. */
  readonly newId: () => string;
  readonly sha256Hex: (text: string) => string;
  /** Whether the topic keeps order: then a subject's receipts are one group. */
  readonly fifo: boolean;
  /** For metrics: the topic took a receipt. */
  readonly onPublished?: () => void;
}

/** Name of the topic in the topology, and in the books. */
const RECEIPTS_TOPIC = 'receipts';

const SOURCE = '/service-b';

/**
 * Tells producers what became of their events: one event of type `latido.receipt.v1` each, stamped above
 * everything that led to it.
 */
export class ReceiptSender {
  constructor(private readonly ports: ReceiptSenderPorts) {}

  /**
   * Publishes receipts together, so that a batch of events costs one call.
   *
   * @returns for each whether the topic took it. Never throws: a receipt that could not even be stamped counts as not
   *   taken. One that was not taken may have arrived all the same; the next delivery repeats it.
   */
  async send(receipts: readonly Receipt[]): Promise<readonly boolean[]> {
    try {
      return await this.publish(await this.stamp(receipts));
    } catch {
      return receipts.map(() => false);
    }
  }

  private async stamp(receipts: readonly Receipt[]): Promise<readonly EventEnvelope[]> {
    const times: number[] = [];
    for (const _ of receipts) times.push(await this.ports.clock.tick());
    return receipts.map((receipt, i) => this.envelopeOf(receipt, times[i] ?? 0));
  }

  private async publish(envelopes: readonly EventEnvelope[]): Promise<readonly boolean[]> {
    const results = await this.tryPublish(envelopes.map((envelope) => this.messageOf(envelope)));
    return envelopes.map(({ sequence }, i) => this.settle(sequence, results?.[i]));
  }

  private async tryPublish(
    messages: readonly OutgoingMessage[],
  ): Promise<readonly PublishResult[] | undefined> {
    try {
      return await this.ports.publisher.publish(messages);
    } catch {
      return undefined;
    }
  }

  /** Every number that was assigned ends as published or void, or the books would call it lost. */
  private settle(sequence: number, result: PublishResult | undefined): boolean {
    const { numbers, onPublished } = this.ports;
    const isTaken = result?.outcome === 'published';
    if (isTaken) numbers.published({ topic: RECEIPTS_TOPIC, sequence, contract: RECEIPT_V1.type });
    else numbers.voided({ topic: RECEIPTS_TOPIC, sequence });
    if (isTaken) onPublished?.();
    return isTaken;
  }

  private messageOf(envelope: EventEnvelope): OutgoingMessage {
    const { fifo, sha256Hex } = this.ports;
    return eventMessage(envelope, { fifo, sha256Hex });
  }

  private envelopeOf({ subject, data, traceparent }: Receipt, lamport: number): EventEnvelope {
    const { clock, newId, now, numbers } = this.ports;
    return {
      id: newId(),
      source: SOURCE,
      type: RECEIPT_V1.type,
      subject,
      time: new Date(now()).toISOString(),
      dataschema: dataschemaOf(RECEIPT_V1),
      data: { ...data },
      lamport,
      epoch: clock.epoch,
      sequence: numbers.assign(RECEIPTS_TOPIC),
      causedby: data.requestId,
      ...(traceparent !== undefined && { traceparent }),
    };
  }
}
