/** One change of the source that takes a rule out. */
interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/**
 * A rule of the design, how to take it out, and the spec that must fail then.
 *
 * Rules are grouped by the library they live in: add one to the list of its library, or a list to `all.ts`.
 */
export interface Ablation {
  readonly name: string;
  /** What the rule says, and what goes wrong without it. */
  readonly sentence: string;
  readonly edits: readonly Edit[];
  readonly test: {
    readonly project: 'unit' | 'integration' | 'e2e';
    /** The spec, from the root of the repository. As narrow as it can be: every ablation is a run of its own. */
    readonly path: string;
    /** Only the tests whose full name contains this text, where the whole spec would take long. */
    readonly only?: string;
  };
}
