import { createMetrics, type Exposition } from '@latido/observability/prometheus';
import { TotalCounter } from './total-counter';

/** Exports whether the second witness speaks. Called only where there is one: off, it has no series. */
export function exportWitness(
  exposition: Pick<Exposition, 'registry' | 'beforeEach'>,
  witness: { readonly connected: boolean; readonly lossesTotal: number },
): void {
  const metrics = createMetrics(exposition.registry, [
    'interop_witness_connected',
    'interop_witness_losses_total',
  ]);
  const losses = new TotalCounter(metrics.interop_witness_losses_total);
  const labels = { witness: 'kubernetes' } as const;
  exposition.beforeEach(() => {
    metrics.interop_witness_connected.set(labels, witness.connected ? 1 : 0);
    losses.set(labels, witness.lossesTotal);
  });
}
