import type { ContractBook } from '../contracts/contract-book';
import { contractsLabel } from './contracts-label';
import type { MonitorMetrics } from './monitor-metrics';
import { LiveGauge } from './live-gauge';
import { TotalCounter } from './total-counter';

/** What the ends of each edge say they write and understand, and how often that did not fit together. */
export class ContractMetrics {
  private readonly info;
  private readonly mismatches;

  constructor(
    metrics: MonitorMetrics,
    private readonly contracts: Pick<ContractBook, 'edges' | 'mismatchesOf'>,
  ) {
    this.info = new LiveGauge(metrics.interop_edge_contract_info);
    this.mismatches = new TotalCounter(metrics.interop_edge_contract_mismatches_total);
  }

  /** Brings every series up to date; call it before each page. */
  collect(): void {
    for (const edge of this.contracts.edges()) {
      const { producer, consumer, topic, pairs } = edge;
      const names = { producer, consumer, topic };
      for (const { produced, accepted } of pairs)
        this.info.set(
          { ...names, produced: contractsLabel(produced), accepted: contractsLabel(accepted) },
          1,
        );
      this.mismatches.set({ ...names, kind: 'not_accepted' }, this.contracts.mismatchesOf(edge));
    }
    this.info.forgetUnseen();
  }
}
