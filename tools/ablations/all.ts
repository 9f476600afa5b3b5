import type { Ablation } from './ablation';
import { detectorQualityAblations } from './detector-quality';
import { edgeAccountingAblations } from './edge-accounting';
import { eventCommitAblations } from './event-commit';
import { failureDetectorAblations } from './failure-detector';
import { patternAblations } from './patterns';
import { serviceAAblations } from './service-a';
import { serviceBAblations } from './service-b';
import { writeAheadLogAblations } from './write-ahead-log';

/** Every ablation. Lists of other libraries are added here. */
export const ALL_ABLATIONS: readonly Ablation[] = [
  ...eventCommitAblations,
  ...writeAheadLogAblations,
  ...patternAblations,
  ...serviceBAblations,
  ...serviceAAblations,
  ...edgeAccountingAblations,
  ...failureDetectorAblations,
  ...detectorQualityAblations,
];
