import type { AlertOverrides } from '../../tools/prometheus/chart-rules';
import type { Replicas } from './stage/installation';
import type { Stage } from './stage/stage';

type Labels = Readonly<Record<string, string>>;

/** An alert that a fault must bring, by its name and the labels that tell whose it is. */
export interface ExpectedAlert {
  readonly name: string;
  readonly labels?: Labels;
}

/** Something that goes wrong, for real, and what must come of it. */
export interface Fault {
  /** In words that a table of faults shows; `--only` finds it by any part of them. */
  readonly name: string;
  /** Exactly these alerts come and resolve; none: nobody is told of anything. */
  readonly alerts: readonly ExpectedAlert[];
  /** Times somebody is woken up: incidents of critical alerts. */
  readonly pages: 0 | 1;
  /** Labels of the alerts that are its own, where it is caused side by side with others. */
  readonly own?: Labels;
  /** How long its alerts may take to come, in heartbeats; 100 by default. */
  readonly firesWithinBeats?: number;
  /** How long its alerts may take to resolve, in heartbeats; 150 by default. */
  readonly resolvesWithinBeats?: number;
  /** What must be there before any fault of the lane. */
  prepare?(stage: Stage): Promise<void>;
  /** Makes it happen; what an alert takes to come is counted from here. */
  cause(stage: Stage): Promise<void>;
  /** Called when its alerts have come. */
  heal(stage: Stage): Promise<void>;
}

/** Something that must be there before the pods of a lane, and goes after them. */
interface Surroundings {
  /** @returns the settings by which pods find it. */
  open(): Promise<Labels>;
  close(): Promise<void>;
}

/** Faults that are caused in one installation, row by row; those of one row side by side. */
export interface Lane {
  /** Name of the namespace too. */
  readonly name: string;
  readonly replicas: Replicas;
  readonly rows: readonly (readonly Fault[])[];
  /** Parameters of alerts in this installation, over their defaults. */
  readonly alerts?: AlertOverrides;
  /** What the pods find beside AWS. */
  readonly surroundings?: Surroundings;
  /** Brings the installation to where the faults begin. */
  prepare?(stage: Stage): Promise<void>;
}
