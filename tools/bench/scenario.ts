/** Text in columns; every row has as many cells as there are columns. */
export interface ResultTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What one must know to read the numbers: settings, machine, what is left out. */
  readonly notes: readonly string[];
}

/** One benchmark. */
export interface Scenario {
  readonly name: string;
  /** For the list of `--help`. */
  readonly summary: string;
  /** @param say - tells a waiting person how far it is. */
  readonly run: (say: (progress: string) => void) => Promise<readonly ResultTable[]>;
}
