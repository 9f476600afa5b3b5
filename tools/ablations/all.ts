import type { Ablation } from './ablation';
import { eventCommitAblations } from './event-commit';
import { patternAblations } from './patterns';
import { writeAheadLogAblations } from './write-ahead-log';

/** Every ablation. Lists of other libraries are added here. */
export const ALL_ABLATIONS: readonly Ablation[] = [
  ...eventCommitAblations,
  ...writeAheadLogAblations,
  ...patternAblations,
];
