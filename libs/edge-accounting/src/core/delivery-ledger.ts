import type { ConsumerCounts, ConsumerReport } from './edge-report';
import { LatencySketch } from './latency-sketch';
import type { NumberRange } from './number-set-codec';
import { OverdueMarks } from './overdue-marks';
import { ReporterTable } from './reporter-table';
import { type Absence, type SavedLedger, savedWindow } from './saved-stream';
import { SequenceWindow } from './sequence-window';
import { encodeWindow } from './window-codec';

/**
 * Where every number of a sequence is, as far as one consuming service goes. The parts add up:
 *
 *     announced = voided + delivered + deadLettered + inFlight + lost + unobserved
 */
export interface Conservation {
  /** Numbers that exist. */
  readonly announced: number;
  readonly voided: number;
  readonly delivered: number;
  readonly deadLettered: number;
  /** Not arrived and not overdue, or attempted and still in its queue. */
  readonly inFlight: number;
  /** Overdue now. One that arrives after all moves to `delivered`. */
  readonly lost: number;
  /**
   * Nobody can tell: from before the book began, forgotten by a window before it was reported, or in
   * the hands of a process that died before it reported.
   */
  readonly unobserved: number;
}

/** When a number that has not arrived is lost, and how many numbers can be told apart. */
export interface LossRules {
  /** After a higher number has arrived. */
  readonly lostAfterMs: number;
  /** After it was announced, when nothing higher has arrived: its consumer may be stopped. */
  readonly tailLostAfterMs: number;
  readonly windowSize: number;
  readonly maxReporters: number;
}

/** What one consuming service has received of one producer's sequence, joined from all its instances. */
export class DeliveryLedger {
  /** Called whenever a figure may have changed. */
  onChange: () => void = () => undefined;
  private readonly window: SequenceWindow;
  private readonly reporters: ReporterTable;
  private readonly gapMarks: OverdueMarks;
  private readonly tailMarks: OverdueMarks;
  /** Numbers below the window, by what was known when they left it. */
  private settled = { voided: 0, delivered: 0, deadLettered: 0, lost: 0, unobserved: 0 };
  /** Ranges in which what is missing may have been known to a process that died; by its role. */
  private readonly doubts = new Map<'producer' | 'consumer', NumberRange>();
  private settledUpTo = 0;
  private unknownUpTo = 0;
  private lostEver = 0;

  constructor(
    /** Joined from the reports of the producer; shared by all consumers of the sequence. */
    private readonly producer: SequenceWindow,
    rules: LossRules,
  ) {
    this.window = new SequenceWindow(rules.windowSize);
    this.reporters = new ReporterTable(rules.maxReporters);
    this.gapMarks = new OverdueMarks(rules.lostAfterMs);
    this.tailMarks = new OverdueMarks(rules.tailLostAfterMs);
  }

  /** Numbers that were declared lost so far; unlike `lost` it never falls. */
  get lostTotal(): number {
    return this.lostEver;
  }

  get counts(): ConsumerCounts {
    return this.reporters.counts();
  }

  get latency(): LatencySketch {
    return this.reporters.latency();
  }

  get lastMessageAtMs(): number {
    return this.reporters.lastMessageAtMs;
  }

  absorb(instance: string, report: ConsumerReport): void {
    const { highestBefore } = this.reporters.join(instance, report);
    // Forgotten by the consumer before it ever told us: those numbers are beyond knowing.
    if (report.window.forgottenUpTo > highestBefore) this.excuse(report.window.forgottenUpTo);
    this.settleBelow(report.window.highest - this.window.size);
    this.window.merge(report.window);
    for (const [sequence, fate] of report.stragglers.entries())
      if (!this.window.isBelow(sequence)) this.window.mark(sequence, fate);
    this.producerChanged();
    this.applyDoubts();
  }

  /** Takes over the voids of the producer, as far as consumers have come. */
  producerChanged(): void {
    this.window.merge(this.producer, this.window.highest);
    if (this.producer.forgottenUpTo > this.window.highest) this.excuse(this.producer.forgottenUpTo);
    this.onChange();
  }

  /**
   * An instance died. What it took from the queue after its last report may have been delivered, so
   * what is missing now is not lost, unless its successors say otherwise.
   */
  consumerDied(instance: string): void {
    if (this.reporters.knows(instance)) this.doubtMissing();
  }

  /** What is missing now may have been delivered by somebody whose reports are gone: it is not lost. */
  doubtMissing(): void {
    this.doubts.set('consumer', { after: this.overdueUpTo, upTo: this.announced });
    this.applyDoubts();
  }

  /** The producer died: which of the numbers after its last report are void, nobody will say. */
  producerDied(): void {
    const after = Math.max(this.overdueUpTo, this.producer.highest);
    this.doubts.set('producer', { after, upTo: Number.MAX_SAFE_INTEGER });
    this.applyDoubts();
  }

  /** Numbers up to this one may have a fate that nobody will ever report. */
  excuse(upTo: number): void {
    this.unknownUpTo = Math.max(this.unknownUpTo, upTo);
    this.onChange();
  }

  /** Moves time on: what has been waited for long enough is lost. */
  advance(nowMs: number): void {
    const before = this.overdueUpTo;
    this.gapMarks.advance(this.window.highest, nowMs);
    this.tailMarks.advance(this.announced, nowMs);
    if (this.overdueUpTo === before) return;
    this.settleDoubtfulTail();
    this.onChange();
    const from = Math.max(before, this.unknownUpTo, this.settledUpTo);
    if (this.overdueUpTo > from) this.lostEver += this.missing(from, this.overdueUpTo);
  }

  /** Plain JSON, for {@link DeliveryLedger.load}. */
  save(): Omit<SavedLedger, 'consumer'> {
    const { settled, settledUpTo, unknownUpTo, lostEver } = this;
    return {
      window: encodeWindow(this.window),
      reporters: this.reporters.save(),
      gapMarks: this.gapMarks.save(),
      tailMarks: this.tailMarks.save(),
      settled: { ...settled },
      doubts: [...this.doubts],
      settledUpTo,
      unknownUpTo,
      lostEver,
    };
  }

  /** Goes on where another one was saved; call it on a new ledger only. */
  load(saved: Omit<SavedLedger, 'consumer'>, absence: Absence): void {
    this.window.merge(savedWindow(saved.window));
    this.reporters.load(saved.reporters);
    this.gapMarks.load(saved.gapMarks, absence);
    this.tailMarks.load(saved.tailMarks, absence);
    this.settled = { ...saved.settled };
    for (const [role, range] of saved.doubts) this.doubts.set(role, range);
    this.settledUpTo = saved.settledUpTo;
    this.unknownUpTo = saved.unknownUpTo;
    this.lostEver = saved.lostEver;
    this.onChange();
  }

  conservation(): Conservation {
    const { window, settledUpTo, announced } = this;
    const known = window.tally(settledUpTo, window.highest);
    const excused = Math.min(announced, Math.max(settledUpTo, this.unknownUpTo));
    const overdue = Math.min(announced, Math.max(excused, this.overdueUpTo));
    return {
      announced,
      voided: this.settled.voided + known.void + this.voidsAbove(window.highest, announced),
      delivered: this.settled.delivered + known.delivered,
      deadLettered: this.settled.deadLettered + known.dead_lettered,
      inFlight: known.attempted + this.missing(overdue, announced),
      lost: this.settled.lost + this.missing(excused, overdue),
      unobserved: this.settled.unobserved + known.unobserved + this.missing(settledUpTo, excused),
    };
  }

  private applyDoubts(): void {
    for (const { after, upTo } of this.doubts.values()) {
      this.window.markRange(after, Math.min(upTo, this.window.highest), 'unobserved');
    }
    this.onChange();
  }

  /** What is overdue above all that arrived, and was in the hands of the dead, nobody will tell either: it is not lost. */
  private settleDoubtfulTail(): void {
    for (const { after, upTo } of this.doubts.values()) {
      const [start, end] = [Math.max(after, this.window.highest), Math.min(upTo, this.overdueUpTo)];
      if (end <= start) continue;
      this.settleBelow(end - this.window.size);
      this.window.announce(end);
      this.window.markRange(start, end, 'unobserved');
      this.window.merge(this.producer, end);
    }
  }

  private get announced(): number {
    return Math.max(this.window.highest, this.producer.highest);
  }

  private get overdueUpTo(): number {
    return Math.max(this.gapMarks.overdueUpTo, this.tailMarks.overdueUpTo);
  }

  /** Numbers above `after` up to `upTo` that nobody has seen and nobody has declared void. */
  private missing(after: number, upTo: number): number {
    const arrivedUpTo = Math.min(upTo, this.window.highest);
    const inside = after < arrivedUpTo ? this.window.tally(after, arrivedUpTo).missing : 0;
    const start = Math.max(after, this.window.highest);
    return inside + Math.max(0, upTo - start) - this.voidsAbove(start, upTo);
  }

  private voidsAbove(after: number, upTo: number): number {
    return after < upTo ? this.producer.tally(after, upTo).void : 0;
  }

  /** Gives numbers that are about to leave the window their last verdict. */
  private settleBelow(floor: number): void {
    if (floor <= this.settledUpTo) return;
    const leaving = this.window.tally(this.settledUpTo, floor);
    const excused = Math.min(floor, Math.max(this.settledUpTo, this.unknownUpTo));
    const overdue = Math.min(floor, Math.max(excused, this.overdueUpTo));
    const lost = this.window.tally(excused, overdue).missing;
    this.settled.voided += leaving.void;
    this.settled.delivered += leaving.delivered;
    this.settled.deadLettered += leaving.dead_lettered;
    this.settled.lost += lost;
    this.settled.unobserved += leaving.unobserved + leaving.attempted + leaving.missing - lost;
    this.settledUpTo = floor;
  }
}
