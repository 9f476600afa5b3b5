import { type ConsumerCounts, type ConsumerReport, countsOf, countsToWire, NO_COUNTS } from './edge-report';
import { LatencySketch, type WireSketch } from './latency-sketch';
import { type SavedReporters, unreadable } from './saved-stream';

interface Reporter {
  readonly instance: string;
  counts: ConsumerCounts;
  readonly latency: LatencySketch;
  highest: number;
}

/**
 * Counters of the instances that consume one sequence: per instance the highest seen of each counter,
 * over the instances the sum. So a report may come twice or late and changes nothing.
 *
 * Bounded: the instance silent longest is added to a total without a name. One that reports again
 * after that would be counted twice, so the bound must exceed the instances that live at once.
 */
export class ReporterTable {
  private readonly reporters = new Map<string, Reporter>();
  private retiredCounts = NO_COUNTS;
  private readonly retiredLatency = new LatencySketch();
  private lastAtMs = 0;

  constructor(private readonly maxReporters: number) {}

  get lastMessageAtMs(): number {
    return this.lastAtMs;
  }

  /** Whether an instance has reported, in any life of its counters. */
  knows(instance: string): boolean {
    return [...this.reporters.values()].some((reporter) => reporter.instance === instance);
  }

  /** Takes a report over; answers how far this reporter had reported before. */
  join(instance: string, report: ConsumerReport): { readonly highestBefore: number } {
    const key = `${instance} ${report.life}`;
    const reporter = this.reporters.get(key) ?? {
      instance,
      counts: NO_COUNTS,
      latency: new LatencySketch(),
      highest: 0,
    };
    const highestBefore = reporter.highest;
    reporter.counts = combine(reporter.counts, report.counts, Math.max);
    reporter.latency.join(report.latency);
    reporter.highest = Math.max(highestBefore, report.window.highest);
    this.lastAtMs = Math.max(this.lastAtMs, report.lastMessageAtMs);
    this.reporters.delete(key);
    this.reporters.set(key, reporter);
    if (this.reporters.size > this.maxReporters) this.retireOldest();
    return { highestBefore };
  }

  counts(): ConsumerCounts {
    return [...this.reporters.values()].reduce(
      (sum, { counts }) => addCounts(sum, counts),
      this.retiredCounts,
    );
  }

  latency(): LatencySketch {
    const all = new LatencySketch();
    all.add(this.retiredLatency);
    for (const { latency } of this.reporters.values()) all.add(latency);
    return all;
  }

  /** Plain JSON, for {@link ReporterTable.load}. */
  save(): SavedReporters {
    const { retiredCounts, retiredLatency, lastAtMs } = this;
    return {
      reporters: Array.from(this.reporters, ([key, { instance, counts, latency, highest }]) => ({
        key,
        instance,
        counts: countsToWire(counts),
        latency: latency.toWire(),
        highest,
      })),
      retired: { counts: countsToWire(retiredCounts), latency: retiredLatency.toWire() },
      lastAtMs,
    };
  }

  /** Goes on where another one was saved. */
  load({ reporters, retired, lastAtMs }: SavedReporters): void {
    for (const { key, instance, highest, ...saved } of reporters)
      this.reporters.set(key, {
        instance,
        highest,
        counts: savedCounts(saved.counts),
        latency: savedSketch(saved.latency),
      });
    this.retiredCounts = savedCounts(retired.counts);
    this.retiredLatency.add(savedSketch(retired.latency));
    this.lastAtMs = lastAtMs;
  }

  private retireOldest(): void {
    const [oldest] = this.reporters;
    if (!oldest) return;
    const [key, { counts, latency }] = oldest;
    this.reporters.delete(key);
    this.retiredCounts = addCounts(this.retiredCounts, counts);
    this.retiredLatency.add(latency);
  }
}

/** The sum of the counters of two sources. */
export function addCounts(a: ConsumerCounts, b: ConsumerCounts): ConsumerCounts {
  return combine(a, b, (x, y) => x + y);
}

function combine(a: ConsumerCounts, b: ConsumerCounts, by: (x: number, y: number) => number): ConsumerCounts {
  return {
    delivered: by(a.delivered, b.delivered),
    duplicate: by(a.duplicate, b.duplicate),
    late: by(a.late, b.late),
    inversions: by(a.inversions, b.inversions),
    failed: by(a.failed, b.failed),
    deadLettered: by(a.deadLettered, b.deadLettered),
    unknownType: by(a.unknownType, b.unknownType),
    unknownVersion: by(a.unknownVersion, b.unknownVersion),
    invalidData: by(a.invalidData, b.invalidData),
  };
}

function savedCounts(value: readonly number[]): ConsumerCounts {
  return countsOf(value) ?? unreadable('counters are not those of a consumer');
}

/** A saved sketch. @throws EdgeAccountingError `snapshot_unreadable`. */
export function savedSketch(value: WireSketch): LatencySketch {
  return LatencySketch.fromWire(value) ?? unreadable('latencies are not a sketch');
}
