type Labels = Readonly<Record<string, string>>;

/** A gauge whose series follow what exists: those that were not set since the last page are removed. */
export class LiveGauge<L extends Labels> {
  private readonly known = new Map<string, { labels: L; seen: boolean }>();

  constructor(private readonly gauge: { set(labels: L, value: number): void; remove(labels: L): void }) {}

  set(labels: L, value: number): void {
    const key = JSON.stringify(labels);
    const series = this.known.get(key);
    if (series) series.seen = true;
    else this.known.set(key, { labels, seen: true });
    this.gauge.set(labels, value);
  }

  /** Removes every series that was not set since the last call. */
  forgetUnseen(): void {
    for (const [key, series] of this.known) {
      if (!series.seen) {
        this.known.delete(key);
        this.gauge.remove(series.labels);
      }
      series.seen = false;
    }
  }
}
