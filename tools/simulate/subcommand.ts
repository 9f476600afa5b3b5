/** What every simulation is told on the command line. */
export interface SimulationRequest {
  readonly seed: number;
  /** Only the cases whose name contains it. */
  readonly only: string;
  /** 1 is what the subcommand calls long; 0.1 is a tenth of it. */
  readonly scale: number;
  /** Prints a line that stays. */
  readonly print: (line: string) => void;
  /** Shows where it is; the next one replaces it. */
  readonly progress: (line: string) => void;
}

/** One simulation: `npm run simulate -- NAME`. */
export interface Subcommand {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** @returns whether everything held. */
  readonly run: (request: SimulationRequest) => Promise<boolean>;
}
