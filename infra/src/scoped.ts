import type { ResourceNames } from '../../libs/topology/src';
import type { InfraContext } from './context';
import type { Stage } from './stages';

/** What every part of a stage needs to know. */
export interface Scoped {
  readonly stage: Stage;
  readonly context: InfraContext;
  readonly names: ResourceNames;
}

/** The orders in which a queue or topic of this stage exists: as itself, as its `.fifo` twin, or both. */
export function orderingsOf(
  { orderings }: Stage,
  { fifoTwin }: { readonly fifoTwin: boolean },
): readonly { readonly fifo: boolean }[] {
  return fifoTwin ? orderings.map((ordering) => ({ fifo: ordering === 'fifo' })) : [{ fifo: false }];
}
