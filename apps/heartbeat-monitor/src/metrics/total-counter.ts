type Labels = Readonly<Record<string, string>>;

/**
 * Exposes totals that somebody else keeps as a counter of Prometheus.
 *
 * A series is exposed at 0 when it is first seen and counts from the next look on: a counter first
 * seen at 5 has increase() 0, and the alert on it stays silent. A total that falls began anew.
 */
export class TotalCounter<L extends Labels> {
  private readonly known = new Map<string, { labels: L; counted: number; seen: boolean }>();

  constructor(private readonly counter: { inc(labels: L, amount: number): void; remove(labels: L): void }) {}

  /** Takes in where a total stands now. */
  set(labels: L, total: number): void {
    const key = JSON.stringify(labels);
    const series = this.known.get(key);
    if (series === undefined) {
      this.known.set(key, { labels, counted: 0, seen: true });
      this.counter.inc(labels, 0);
      return;
    }
    const growth = total < series.counted ? total : total - series.counted;
    series.counted = total;
    series.seen = true;
    if (growth > 0) this.counter.inc(labels, growth);
  }

  /** Removes every series that was not set since the last call. */
  forgetUnseen(): void {
    for (const [key, series] of this.known) {
      if (!series.seen) {
        this.known.delete(key);
        this.counter.remove(series.labels);
      }
      series.seen = false;
    }
  }
}
