/** Name of a stage; its stack, its resources and its Helm release carry it. */
export type StageName = 'dev' | 'staging' | 'prod';

/** How a stage differs from the others. What they share comes from the topology. */
export interface Stage {
  readonly name: StageName;
  /** Tables cannot be deleted, nor is anything that holds data when its stack is. */
  readonly keepsData: boolean;
  /** Standard queues, queues that keep order by subject, or both while changing from one to the other. */
  readonly orderings: readonly ('standard' | 'fifo')[];
  /** Above this, in US dollars a month, somebody is told. */
  readonly monthlyBudgetUsd: number;
  /** How long archived events stay; absent where none are kept. */
  readonly archiveDays?: number;
}

export const STAGES: readonly Stage[] = [
  { name: 'dev', keepsData: false, orderings: ['standard', 'fifo'], monthlyBudgetUsd: 50 },
  { name: 'staging', keepsData: true, orderings: ['standard'], monthlyBudgetUsd: 150, archiveDays: 30 },
  { name: 'prod', keepsData: true, orderings: ['standard'], monthlyBudgetUsd: 500, archiveDays: 400 },
];

/** What stands before the name of every resource of a stage: `latido-prod`. */
export function prefixOf({ name }: Stage): string {
  return `latido-${name}`;
}

/** The stage with a name. @throws Error that lists the stages for any other text. */
export function stageNamed(text: string | undefined): Stage {
  const stage = STAGES.find(({ name }) => name === text);
  if (stage === undefined)
    throw new Error(`"${text ?? ''}" is no stage; pass one of ${STAGES.map(({ name }) => name).join(', ')}`);
  return stage;
}
