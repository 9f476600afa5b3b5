/** What the guard says to a sample: its series is new, was there already, or has no place. */
export type Admission = 'new' | 'known' | 'refused';

/** A label value longer than this is refused: no name that configuration bounds is that long. */
export const MAX_LABEL_VALUE_LENGTH = 128;

/**
 * Bounds how many series one metric may have, so that a hostile or broken name cannot exhaust the
 * memory of this process or of Prometheus.
 *
 * First come, first kept: a series that was admitted stays until it is released; a new one past the
 * bound is refused. Holds one string for each admitted series.
 *
 * @example
 * const guard = new SeriesGuard(['service'], 2);
 * guard.admit({ service: 'a' }); // => 'new'
 */
export class SeriesGuard {
  private readonly admitted = new Set<string>();

  /** @param maxSeries - the bound; exactly this many are admitted. */
  constructor(
    private readonly labelNames: readonly string[],
    private readonly maxSeries: number,
  ) {}

  /** Gives the series of these labels its place, unless it has one or there is none left. */
  admit(labels: Readonly<Record<string, string>>): Admission {
    const key = this.keyOf(labels);
    if (this.admitted.has(key)) return 'known';
    if (this.admitted.size >= this.maxSeries || !this.areShort(labels)) return 'refused';
    this.admitted.add(key);
    return 'new';
  }

  /** Frees the place of a series that is exposed no more. */
  release(labels: Readonly<Record<string, string>>): void {
    this.admitted.delete(this.keyOf(labels));
  }

  private keyOf(labels: Readonly<Record<string, string>>): string {
    return JSON.stringify(this.labelNames.map((name) => labels[name]));
  }

  private areShort(labels: Readonly<Record<string, string>>): boolean {
    return this.labelNames.every((name) => (labels[name] ?? '').length <= MAX_LABEL_VALUE_LENGTH);
  }
}
