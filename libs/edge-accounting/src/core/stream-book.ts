import { DeliveryLedger, type LossRules } from './delivery-ledger';
import type { ConsumerReport, ProducerReport, Stream } from './edge-report';
import { SequenceWindow } from './sequence-window';

/** One producer's sequence with all who consume it. */
export class StreamBook {
  private readonly producer: SequenceWindow;
  private readonly consumers = new Map<string, DeliveryLedger>();
  private readonly contracts = new Map<string, number>();

  constructor(
    readonly stream: Stream,
    private readonly rules: LossRules,
  ) {
    this.producer = new SequenceWindow(rules.windowSize);
  }

  get ledgers(): ReadonlyMap<string, DeliveryLedger> {
    return this.consumers;
  }

  /** Messages by contract, as far as the producer has reported. */
  get produced(): ReadonlyMap<string, number> {
    return this.contracts;
  }

  expect(consumer: string): DeliveryLedger {
    const ledger = this.consumers.get(consumer) ?? new DeliveryLedger(this.producer, this.rules);
    this.consumers.set(consumer, ledger);
    return ledger;
  }

  absorbConsumer(
    reporter: { readonly service: string; readonly instance: string },
    report: ConsumerReport,
  ): void {
    this.expect(reporter.service).absorb(reporter.instance, report);
  }

  absorbProducer(report: ProducerReport): void {
    const forgottenUnheard = report.window.forgottenUpTo > this.producer.highest;
    this.producer.merge(report.window);
    for (const ledger of this.consumers.values()) {
      if (forgottenUnheard) ledger.excuse(report.window.forgottenUpTo);
      ledger.producerChanged();
    }
    for (const [contract, count] of Object.entries(report.contracts)) {
      this.contracts.set(contract, Math.max(count, this.contracts.get(contract) ?? 0));
    }
  }

  advance(nowMs: number): void {
    for (const ledger of this.consumers.values()) ledger.advance(nowMs);
  }
}
