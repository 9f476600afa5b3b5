/**
 * Numbers the events of a topic, and hears what became of each number. `EdgeAggregator.produced` is one.
 *
 * Each number that was assigned ends as published or void: of one that ends as neither, the books say it was lost.
 */
export interface EventNumbers {
  /** The next number of a topic: 1, 2, 3, ... */
  assign(topic: string): number;
  /** An outbox entry carries the number, so its message is certain to be sent. */
  published(number: EventNumber & { readonly contract: string }): void;
  /** No outbox entry carries the number as far as this process knows; an arrival overrides it. */
  voided(number: EventNumber): void;
}

interface EventNumber {
  readonly topic: string;
  readonly sequence: number;
  /** Absent for numbers of this process. */
  readonly epoch?: number;
}
