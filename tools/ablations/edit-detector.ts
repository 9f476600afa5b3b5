import type { Ablation } from './ablation';

export const DETECTOR_CORE = 'libs/failure-detector/src/core';

/** A change of one file of the detector, by its name without `.ts`. */
export function edit(file: string, from: string, to: string): Ablation['edits'][number] {
  return { file: `${DETECTOR_CORE}/${file}.ts`, from, to };
}
