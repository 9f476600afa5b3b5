import type { ProducerReport } from './edge-report';
import { EdgeAccountingError } from './errors';
import { ReportTable } from './report-table';
import { SequenceWindow } from './sequence-window';

interface ProducedStream {
  readonly epoch: number;
  readonly topic: string;
  readonly window: SequenceWindow;
  readonly contracts: Map<string, number>;
}

/** One number of a topic. `epoch` only where it is not this process's own. */
export interface ProducedNumber {
  readonly topic: string;
  readonly sequence: number;
  readonly epoch?: number;
}

/** Further contracts of a topic are counted under this name; sixteen in all. */
const OTHER_CONTRACTS = 'other';
const MAX_CONTRACTS = 16;

/**
 * The producer's side of its edges: hands out the numbers and reports what became of them.
 *
 *     assign --> published    its message is certain to be sent: stored in an outbox, or taken by the topic
 *            \-> voided       no message will carry it
 *
 * Every assigned number must end in one of the two, or the books call it lost. Only numbers below the
 * first open one are announced, so that a crash in between cannot make a number that nobody has.
 */
export class ProducedEdges {
  private readonly table: ReportTable<ProducedStream>;
  private readonly numbers = new Map<string, { last: number; readonly open: Set<number> }>();

  constructor(
    private readonly options: {
      readonly source: string;
      readonly epoch: number;
      readonly windowSize: number;
      readonly maxStreams: number;
      readonly refreshed: number;
      readonly refreshedWithin: number;
      readonly refreshedFor: number;
    },
  ) {
    this.table = new ReportTable({ maxRecords: options.maxStreams, ...options });
  }

  /** The next number of a topic: 1, 2, 3, ... */
  assign(topic: string): number {
    const numbers = this.numbers.get(topic) ?? { last: 0, open: new Set() };
    this.numbers.set(topic, numbers);
    numbers.last += 1;
    numbers.open.add(numbers.last);
    return numbers.last;
  }

  /** The message with this number is certain to be sent. */
  published(number: ProducedNumber & { readonly contract: string }): void {
    const { contracts } = this.settle(number);
    const known = contracts.has(number.contract) || contracts.size < MAX_CONTRACTS - 1;
    const name = known ? number.contract : OTHER_CONTRACTS;
    contracts.set(name, (contracts.get(name) ?? 0) + 1);
  }

  /** No message will carry this number. */
  voided(number: ProducedNumber): void {
    this.settle(number).window.mark(number.sequence, 'void');
  }

  due(
    options: { readonly last?: boolean } = {},
  ): readonly (readonly [key: string, report: ProducerReport])[] {
    const { source } = this.options;
    return this.table
      .due(options)
      .map(([key, { epoch, topic, window, contracts }]) => [
        key,
        { role: 'producer', source, epoch, topic, window, contracts: Object.fromEntries(contracts) },
      ]);
  }

  private settle({ topic, sequence, epoch = this.options.epoch }: ProducedNumber): ProducedStream {
    const stream = this.table.touch(JSON.stringify([epoch, topic]), () => this.open(epoch, topic));
    const numbers = this.numbers.get(topic);
    if (epoch !== this.options.epoch) return stream;
    if (!numbers || sequence > numbers.last) {
      throw new EdgeAccountingError('sequence_invalid', `${sequence} was never assigned on ${topic}`);
    }
    numbers.open.delete(sequence);
    const [firstOpen = numbers.last + 1] = numbers.open; // a set keeps the order of assignment
    stream.window.announce(firstOpen - 1);
    return stream;
  }

  private open(epoch: number, topic: string): ProducedStream {
    return { epoch, topic, window: new SequenceWindow(this.options.windowSize), contracts: new Map() };
  }
}
