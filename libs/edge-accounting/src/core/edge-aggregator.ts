import { ConsumedEdges } from './consumed-edges';
import { encodeEdgeReport, type WireEdgeReport } from './edge-report';
import { EdgeAccountingError } from './errors';
import { ProducedEdges } from './produced-edges';
import { requireWindowSize } from './sequence-window';

export interface EdgeAggregatorOptions {
  /** `source` of this process's own envelopes, e.g. `/service-a`. */
  readonly source: string;
  /** Epoch of this process: stamped beside every number it assigns. */
  readonly epoch: number;
  /**
   * Numbers remembered per stream; a multiple of 32 from 32 to 65,536. At least
   * `messages a second of one producer process * heartbeat interval in s * (1 + beats that may be lost)`.
   * Default 8,192: 270 messages a second at 10 s and two lost beats; 1 KB of memory a stream.
   */
  readonly windowSize?: number;
  /** Streams remembered on each side; the one idle longest is forgotten. Default 256. */
  readonly maxStreams?: number;
  /** Idle streams repeated with each collection, at least, so that lost reports heal. Default 4. */
  readonly refreshed?: number;
  /**
   * Collections in which every idle stream is repeated, however many there are; default 6. A book that lost reports with the
   * process that held it waits as long before it calls anything lost.
   */
  readonly refreshedWithin?: number;
  /** Collections for which an idle stream is repeated; default 360: one hour at 10 s. */
  readonly refreshedFor?: number;
}

/**
 * The books of one process, both sides, and what its heartbeats say of them.
 *
 * Nothing is sent per message: cost does not depend on traffic. Every report is cumulative, so one
 * that is lost or doubled changes nothing.
 *
 * @example
 * const edges = new EdgeAggregator({ source: '/service-b', epoch: clock.epoch });
 * edges.consumed.record({ source: '/service-a', epoch: 0, topic: 'state-events', sequence: 1, outcome: 'delivered', atMs });
 * new HeartbeatSender({ ..., collectAggregates: (options) => edges.collect(options) });
 */
export class EdgeAggregator {
  readonly consumed: ConsumedEdges;
  readonly produced: ProducedEdges;

  constructor(options: EdgeAggregatorOptions) {
    const {
      source,
      epoch,
      windowSize = 8_192,
      maxStreams = 256,
      refreshed = 4,
      refreshedWithin = 6,
      refreshedFor = 360,
    } = options;
    requireWindowSize(windowSize);
    if (![epoch, maxStreams - 1, refreshed, refreshedWithin - 1, refreshedFor].every(isWhole)) {
      throw new EdgeAccountingError(
        'options_invalid',
        'epoch and the bounds must be whole numbers of at least 0',
      );
    }
    const bounds = { windowSize, maxStreams, refreshed, refreshedWithin, refreshedFor };
    this.consumed = new ConsumedEdges(bounds);
    this.produced = new ProducedEdges({ source, epoch, ...bounds });
  }

  /**
   * What to put on the next heartbeat: all that changed, and some idle ones again; with `last`, on a goodbye, all there is, the
   * newest first. Keys are stable.
   */
  collect(
    options: { readonly last?: boolean } = {},
  ): readonly { readonly key: string; readonly aggregate: WireEdgeReport }[] {
    return [...this.produced.due(options), ...this.consumed.due(options)].map(([key, report]) => ({
      key: `${report.role} ${key}`,
      aggregate: encodeEdgeReport(report),
    }));
  }
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
