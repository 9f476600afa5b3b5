import { DeliveryLedger, type LossRules } from './delivery-ledger';
import {
  type ConsumerReport,
  MAX_CONTRACTS,
  type ProducerReport,
  type Reporter,
  type Stream,
} from './edge-report';
import { type Absence, type SavedStream, savedWindow } from './saved-stream';
import { SequenceWindow } from './sequence-window';
import { encodeWindow } from './window-codec';

/** One producer's sequence with all who consume it. */
export class StreamBook {
  private readonly producer: SequenceWindow;
  private readonly consumers = new Map<string, DeliveryLedger>();
  /** Who reports the sequence as its own. */
  private owner: string | undefined;
  private readonly contracts = new Map<string, number>();

  constructor(
    readonly stream: Stream,
    private readonly rules: LossRules,
    /** Hears of each consumer's ledger when it is opened. */
    private readonly opened: (consumer: string, ledger: DeliveryLedger) => void,
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
    const known = this.consumers.get(consumer);
    if (known) return known;
    const ledger = new DeliveryLedger(this.producer, this.rules);
    this.consumers.set(consumer, ledger);
    this.opened(consumer, ledger);
    return ledger;
  }

  absorbConsumer(reporter: Reporter, report: ConsumerReport): void {
    this.expect(reporter.service).absorb(reporter.instance, report);
  }

  absorbProducer(reporter: Reporter, report: ProducerReport): void {
    if (report.window.highest > 0 && Object.keys(report.contracts).length > 0) this.owner = reporter.instance;
    const forgottenUnheard = report.window.forgottenUpTo > this.producer.highest;
    this.producer.merge(report.window);
    for (const ledger of this.consumers.values()) {
      if (forgottenUnheard) ledger.excuse(report.window.forgottenUpTo);
      ledger.producerChanged();
    }
    for (const [contract, count] of Object.entries(report.contracts)) {
      const known = this.contracts.get(contract);
      if (known === undefined && this.contracts.size >= MAX_CONTRACTS) continue;
      this.contracts.set(contract, Math.max(count, known ?? 0));
    }
  }

  /** A process died without a goodbye: what it had not reported yet is beyond knowing. */
  died(reporter: Reporter): void {
    this.consumers.get(reporter.service)?.consumerDied(reporter.instance);
    if (this.owner !== reporter.instance) return;
    for (const ledger of this.consumers.values()) ledger.producerDied();
  }

  /** A process of this service died of which reports may be gone: it may have worked on this stream although nothing here says so. */
  bereaved(service: string): void {
    this.consumers.get(service)?.doubtMissing();
    if (this.owner !== undefined || this.stream.source !== `/${service}`) return;
    for (const ledger of this.consumers.values()) ledger.producerDied();
  }

  /** Plain JSON, for {@link StreamBook.load}. */
  save(): Omit<SavedStream, 'openedBy'> {
    const { stream, producer, owner, contracts, consumers } = this;
    return {
      kind: 'stream',
      ...stream,
      ...(owner !== undefined && { owner }),
      window: encodeWindow(producer),
      contracts: Object.fromEntries(contracts),
      ledgers: Array.from(consumers, ([consumer, ledger]) => ({ consumer, ...ledger.save() })),
    };
  }

  /** Goes on where another one was saved; call it on a new book only. */
  load({ window, owner, contracts, ledgers }: Omit<SavedStream, 'openedBy'>, absence: Absence): void {
    this.producer.merge(savedWindow(window));
    this.owner = owner;
    for (const [contract, count] of Object.entries(contracts)) this.contracts.set(contract, count);
    for (const { consumer, ...saved } of ledgers) this.expect(consumer).load(saved, absence);
  }

  advance(nowMs: number): void {
    for (const ledger of this.consumers.values()) ledger.advance(nowMs);
  }
}
