import { type ConsumerCounts, type ConsumerReport, NO_COUNTS, type Stream } from './edge-report';
import { LatencySketch } from './latency-sketch';
import { ReportTable } from './report-table';
import { type Arrival, SequenceWindow } from './sequence-window';
import { type StragglerFate, Stragglers } from './stragglers';

/** What became of one message that a consumer took from its queue. */
export interface Consumption extends Stream {
  /** Absent where the producer does not number its messages; then only counters are kept. */
  readonly sequence?: number;
  /**
   * `delivered`: its effect exists. `duplicate`: it existed before. `failed`: the message stays in its
   * queue and comes again. `dead_lettered`: it was moved to the dead-letter queue.
   */
  readonly outcome: 'delivered' | 'duplicate' | 'failed' | 'dead_lettered';
  /** Why it was not understood, where that is so; whatever its outcome. */
  readonly misunderstood?: 'unknown_type' | 'unknown_version' | 'invalid_data';
  /** From the time of the event to its effect. */
  readonly latencyMs?: number;
  /** Wall clock, milliseconds since 1970. */
  readonly atMs: number;
}

const MISUNDERSTOOD = {
  unknown_type: 'unknownType',
  unknown_version: 'unknownVersion',
  invalid_data: 'invalidData',
} as const;

interface ConsumedStream {
  readonly stream: Stream;
  readonly life: number;
  readonly window: SequenceWindow;
  readonly stragglers: Stragglers;
  readonly counts: { -readonly [K in keyof ConsumerCounts]: ConsumerCounts[K] };
  readonly latency: LatencySketch;
  lastMessageAtMs: number;
}

/** The consumer's side of its edges: call {@link ConsumedEdges.record} once for each message, after it was handled. */
export class ConsumedEdges {
  private readonly table: ReportTable<ConsumedStream>;
  private lives = 0;

  constructor(
    private readonly options: {
      readonly windowSize: number;
      readonly maxStreams: number;
      readonly refreshed: number;
      readonly refreshedWithin: number;
      readonly refreshedFor: number;
    },
  ) {
    this.table = new ReportTable({ maxRecords: options.maxStreams, ...options });
  }

  get evictedTotal(): number {
    return this.table.evictedTotal;
  }

  /** Counts one message; answers how its number stands to those before, `undefined` without a number. */
  record(consumption: Consumption): Arrival | undefined {
    const { source, epoch, topic } = consumption;
    const key = JSON.stringify([source, epoch, topic]);
    const edge = this.table.touch(key, () => this.open({ source, epoch, topic }));
    edge.lastMessageAtMs = Math.max(edge.lastMessageAtMs, consumption.atMs);
    if (consumption.misunderstood) edge.counts[MISUNDERSTOOD[consumption.misunderstood]] += 1;
    switch (consumption.outcome) {
      case 'failed':
        edge.counts.failed += 1;
        note(edge, consumption.sequence, 'attempted');
        return undefined;
      case 'dead_lettered':
        edge.counts.deadLettered += 1;
        note(edge, consumption.sequence, 'dead_lettered');
        return undefined;
      case 'delivered':
      case 'duplicate':
      default:
        return countDelivery(edge, consumption);
    }
  }

  due(
    options: { readonly last?: boolean } = {},
  ): readonly (readonly [key: string, report: ConsumerReport])[] {
    return this.table
      .due(options)
      .map(([key, { stream, ...edge }]) => [
        key,
        { role: 'consumer', ...stream, ...edge, counts: { ...edge.counts } },
      ]);
  }

  private open(stream: Stream): ConsumedStream {
    this.lives += 1;
    return {
      stream,
      life: this.lives,
      window: new SequenceWindow(this.options.windowSize),
      stragglers: new Stragglers(),
      counts: { ...NO_COUNTS },
      latency: new LatencySketch(),
      lastMessageAtMs: 0,
    };
  }
}

/** Remembers what became of a number: in the window, or for a while beside it. */
function note(
  { window, stragglers }: ConsumedStream,
  sequence: number | undefined,
  fate: StragglerFate,
): Arrival | undefined {
  if (sequence === undefined) return undefined;
  if (window.isBelow(sequence)) {
    const dropped = stragglers.note(sequence, fate);
    if (dropped !== undefined) window.forget(dropped);
    return 'late';
  }
  if (fate === 'delivered') return window.observe(sequence);
  window.mark(sequence, fate);
  return undefined;
}

function countDelivery(edge: ConsumedStream, consumption: Consumption): Arrival | undefined {
  const { sequence, outcome, latencyMs } = consumption;
  const arrival = note(edge, sequence, 'delivered');
  if (arrival === 'late') edge.counts.late += 1;
  else if (outcome === 'duplicate' || arrival === 'duplicate') edge.counts.duplicate += 1;
  else {
    edge.counts.delivered += 1;
    if (arrival === 'gap_filled') edge.counts.inversions += 1;
    if (latencyMs !== undefined) edge.latency.record(latencyMs);
  }
  return arrival;
}
