import { type EdgeBook, parseEdgeReport } from '@latido/edge-accounting';
import type { Detector, Fact, HeartbeatResult, PodObservation } from '@latido/failure-detector';
import type { PodListener } from '@latido/failure-detector/kubernetes';
import type { Heartbeat } from '@latido/heartbeat';
import type { ReceivedMessage } from '@latido/messaging';
import { ContractBook } from '../contracts/contract-book';
import { endedUnheard, gone, incarnate } from './ended-unheard';
import { type MonitorMessage, readMessage, type RefusalReason } from './read-message';

/** What became of one message, for counters and histograms. */
export type Reception =
  | {
      readonly kind: 'heartbeat';
      readonly service: string;
      readonly instanceId: string;
      readonly result: HeartbeatResult;
      readonly transitMs: number | undefined;
    }
  | { readonly kind: 'canary'; readonly roundTripMs: number | undefined }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/** Whoever wants to know what the monitor finds out: the journal, the metrics, the stream. */
export interface MonitorListener {
  /** Facts in the order they were found. */
  found?(facts: readonly Fact[]): void;
  received?(reception: Reception): void;
  /** Time has passed, and what it brings was told. */
  timePassed?(): void;
}

/** Streams whose time moves on at once: all of them within 0.4 T, and 6,000 edges take no more than a millisecond. */
const BOOK_SHARE = 0.25;

export interface MonitorParts {
  readonly detector: Detector;
  readonly book: EdgeBook;
  readonly contracts?: ContractBook;
  /** Our epoch time in milliseconds, which never steps. */
  readonly now: () => number;
  readonly sha256Hex: (text: string) => string;
  readonly listeners: readonly MonitorListener[];
}

/**
 * The one owner of the detector and the edge books: everything that happens goes through it.
 *
 *     message --read--> heartbeat -> detector -> facts --> listeners
 *                          '-------> edge books, contracts
 *                       canary ---> detector
 *     time -----------> detector -> facts --> listeners
 *
 * Synchronous and without I/O: it decides, the listeners act.
 */
export class Monitor implements PodListener {
  readonly detector: Detector;
  readonly book: EdgeBook;
  readonly contracts: ContractBook;

  constructor(private readonly parts: MonitorParts) {
    this.detector = parts.detector;
    this.book = parts.book;
    this.contracts = parts.contracts ?? new ContractBook();
  }

  /**
   * Takes one message in.
   * @returns the service it speaks of, whose state changes must be on record before it is acknowledged.
   */
  receive(message: Pick<ReceivedMessage, 'body' | 'messageId' | 'sentAtMs'>): string | undefined {
    return this.take(readMessage(message, this.parts.sha256Hex));
  }

  /** Takes in what was read already. */
  take(message: MonitorMessage): string | undefined {
    switch (message.kind) {
      case 'heartbeat':
        return this.takeHeartbeat(message.heartbeat);
      case 'canary':
        this.takeCanary(message.id);
        return undefined;
      case 'refused':
      default:
        this.tellReception({ kind: 'refused', reason: message.reason });
        return undefined;
    }
  }

  canarySent(id: string): void {
    this.detector.canarySent(id, this.parts.now());
  }

  podObserved(observation: PodObservation): void {
    this.tell(this.detector.podObserved(observation, this.parts.now()));
  }

  podsExpected(service: string, desired: number | undefined): void {
    this.detector.expect(service, desired === undefined ? {} : { desired });
  }

  podWitnessLost(): void {
    this.tell(this.detector.podWitnessLost(this.parts.now()));
  }

  /** Lets time pass. Verdicts for the worse come from here only. */
  advance(): void {
    const { blind } = this.detector.channel();
    this.book.advance(this.parts.now(), { share: BOOK_SHARE, blind });
    this.contracts.advance();
    this.judge();
    for (const listener of this.parts.listeners) listener.timePassed?.();
  }

  private takeHeartbeat(heartbeat: Heartbeat): string {
    const { service, instanceId, edges } = heartbeat;
    const { epoch, token } = heartbeat.incarnation;
    const incarnation = `${epoch}-${token}`;
    const outcome = this.detector.heartbeat({ ...heartbeat, incarnation, epoch }, this.parts.now());
    if (this.isBelieved(outcome.result, { service, instanceId, incarnation })) {
      this.absorb(incarnate({ service, instanceId, incarnation }), edges);
    }
    if (outcome.result === 'accepted' && heartbeat.state !== 'goodbye')
      this.contracts.heard({ ...heartbeat, incarnation });
    const { result, transitMs } = outcome;
    this.tellReception({ kind: 'heartbeat', service, instanceId, result, transitMs });
    this.tell(outcome.facts);
    return service;
  }

  /**
   * Reports are cumulative, so those of a late beat do no harm. Nor do those of a start that has left: after a restart its
   * goodbye may be known from the record before it is heard, and it carries the last reports. A stranger's are not believed.
   */
  private isBelieved(
    result: HeartbeatResult,
    { service, instanceId, incarnation }: Readonly<Record<'service' | 'instanceId' | 'incarnation', string>>,
  ): boolean {
    if (result !== 'stale') return result === 'accepted' || result === 'late';
    return this.detector.instance(service, instanceId)?.incarnation === incarnation;
  }

  private absorb(
    reporter: { readonly service: string; readonly instance: string },
    edges: Heartbeat['edges'],
  ): void {
    for (const edge of edges) this.book.absorb(reporter, parseEdgeReport(edge));
  }

  /** An own canary proves the channel up to now, so silence may be judged at once and not at the next tick. */
  private takeCanary(id: string): void {
    const roundTripMs = this.detector.canaryReceived(id, this.parts.now());
    this.tellReception({ kind: 'canary', roundTripMs });
    if (roundTripMs !== undefined) this.judge();
  }

  private judge(): void {
    this.tell(this.detector.advance(this.parts.now()));
  }

  private tell(facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    for (const ended of endedUnheard(facts)) this.book.died(ended);
    for (const { service, instanceId } of gone(facts)) this.contracts.gone(service, instanceId);
    for (const listener of this.parts.listeners) listener.found?.(facts);
  }

  private tellReception(reception: Reception): void {
    for (const listener of this.parts.listeners) listener.received?.(reception);
  }
}
