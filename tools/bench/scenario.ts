/** Text in columns; every row has as many cells as there are columns. */
export interface ResultTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What one must know to read the numbers: settings, machine, what is left out. */
  readonly notes: readonly string[];
  /** What the rows, beside one another, say against what is expected of them; `--check` fails for it. */
  readonly misses?: readonly string[];
}

/** What a page of results is written from. */
export interface Measured {
  /** As `2026-01-31`. */
  readonly date: string;
  readonly machine: string;
  readonly tables: readonly ResultTable[];
}

/** A page on which results stand. */
export interface ResultPage {
  /** In the repository. */
  readonly path: string;
  readonly render: (measured: Measured) => string;
}

/** One benchmark. */
export interface Scenario {
  readonly name: string;
  /** For the list of `--help`. */
  readonly summary: string;
  /** Where its results stand; docs/reference/benchmarks.md, with those of the others, when left out. */
  readonly page?: ResultPage;
  /** @param say - tells a waiting person how far it is. */
  readonly run: (say: (progress: string) => void) => Promise<readonly ResultTable[]>;
}
