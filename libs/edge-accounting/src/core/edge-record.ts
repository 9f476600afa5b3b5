import type { DeliveryLedger } from './delivery-ledger';
import {
  addLedger,
  type EdgeFigures,
  type EdgeName,
  type EdgeTotals,
  noFigures,
  retire,
} from './edge-totals';
import { LatencySketch } from './latency-sketch';
import { savedSketch } from './reporter-table';
import type { SavedEdge } from './saved-part';

/** One edge of the book: a ledger for each epoch of its producer, and the sums of those that are closed. */
export class EdgeRecord {
  private readonly ledgers = new Set<DeliveryLedger>();
  private retired: EdgeFigures;
  private readonly retiredLatency = new LatencySketch();

  constructor(readonly name: EdgeName) {
    this.retired = noFigures(name);
  }

  add(ledger: DeliveryLedger): void {
    this.ledgers.add(ledger);
  }

  /** Keeps of a ledger nothing but its sums. */
  retire(ledger: DeliveryLedger): void {
    this.ledgers.delete(ledger);
    this.retired = retire(addLedger(this.retired, ledger));
    this.retiredLatency.add(ledger.latency);
  }

  /** Plain JSON, for {@link EdgeRecord.load}; the ledgers are saved with their streams. */
  save(): SavedEdge {
    const { name, retired, retiredLatency } = this;
    return { kind: 'edge', name, retired, latency: retiredLatency.toWire() };
  }

  /** Goes on where another one was saved; call it on a new record only. */
  load({ retired, latency }: SavedEdge): void {
    this.retired = retired;
    this.retiredLatency.add(savedSketch(latency));
  }

  figures(): EdgeFigures {
    let figures = this.retired;
    for (const ledger of this.ledgers) figures = addLedger(figures, ledger);
    return figures;
  }

  totals(): EdgeTotals {
    const latency = new LatencySketch();
    latency.add(this.retiredLatency);
    for (const ledger of this.ledgers) latency.add(ledger.latency);
    return { ...this.figures(), latency };
  }
}
