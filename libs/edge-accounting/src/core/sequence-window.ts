import { BitRing, countBits, eachWord, WORD, wordsDown } from './bit-ring';
import { EdgeAccountingError } from './errors';
import type { NumberRange } from './number-set-codec';
import { RangeCollector } from './range-collector';

/**
 * What is known of one sequence number, from weak to strong; what is stronger wins a merge.
 *
 *     missing < unobserved < void < attempted < dead_lettered < delivered
 *
 * `unobserved`: whoever knew it is gone. An arrival overrides a void, and the delivery of a redriven dead letter overrides that.
 */
export const FATES = ['unobserved', 'void', 'attempted', 'dead_lettered', 'delivered'] as const;
export type Fate = (typeof FATES)[number];
const STRONGEST_FIRST = FATES.toReversed();

/** How an arriving number stands to those before it. `late` is below the window: it cannot be told from a duplicate. */
export type Arrival = 'new' | 'gap_filled' | 'duplicate' | 'late';

/** How many numbers of a range have each fate. */
export type Tally = Readonly<Record<Fate | 'missing', number>>;

/** A window's size is a multiple of 32 within these. */
const MIN_WINDOW = 32;
export const MAX_WINDOW = 65_536;

/**
 * Which numbers of one producer's sequence were seen, for the last `size` of them.
 *
 *     1 ......... floor | . x x . x x x x . x | highest
 *       forgotten       |   remembered, size  |
 *
 * Merging is a join: it does not matter in which order, how often or by which way windows of one size
 * are merged. This holds because what is remembered depends on `highest` alone.
 *
 * Bounded: a number that falls below the floor is forgotten. `forgottenUpTo` says up to where that
 * has cost knowledge, so that a reader can tell "never seen" from "seen and forgotten".
 *
 * @see Shapiro et al., "Conflict-free Replicated Data Types" (2011); RFC 4303, section 3.4.3, for the sliding bitmap.
 */
export class SequenceWindow {
  private readonly rings: Readonly<Record<Fate, BitRing>>;
  private top = 0;
  /** Highest number that {@link SequenceWindow.observe} was told of. */
  private topObserved = 0;
  private forgotten = 0;

  /** @param size - numbers remembered: a multiple of 32 from 32 to 65,536. */
  constructor(readonly size: number) {
    requireWindowSize(size);
    this.rings = {
      unobserved: new BitRing(size),
      void: new BitRing(size),
      attempted: new BitRing(size),
      dead_lettered: new BitRing(size),
      delivered: new BitRing(size),
    };
  }

  /** The highest number that exists, 0 at first. */
  get highest(): number {
    return this.top;
  }

  /** Numbers up to this one are not remembered. */
  get floor(): number {
    return Math.max(0, this.top - this.size);
  }

  /** The highest number that was known once and is not remembered any more; 0 when nothing was lost. */
  get forgottenUpTo(): number {
    return this.forgotten;
  }

  /** Whether a number that arrives now cannot be told from a duplicate. */
  isBelow(sequence: number): boolean {
    requireSequence(sequence);
    return sequence <= this.floor;
  }

  /** Notes that a message was delivered, and says how its number stands to those before. */
  observe(sequence: number): Arrival {
    requireSequence(sequence);
    const arrival = this.arrivalOf(sequence);
    this.mark(sequence, 'delivered');
    this.topObserved = Math.max(this.topObserved, sequence);
    return arrival;
  }

  /** Gives a number a fate, unless it has a stronger one or is forgotten. */
  mark(sequence: number, fate: Fate): void {
    requireSequence(sequence);
    this.announce(sequence);
    if (sequence > this.floor) this.rings[fate].set(sequence);
    else this.forgotten = Math.max(this.forgotten, sequence);
  }

  /** The same for the remembered ones among the numbers above `after` up to `upTo`. */
  markRange(after: number, upTo: number, fate: Fate): void {
    const ring = this.rings[fate];
    eachWord(Math.max(after, this.floor), Math.min(upTo, this.top), (first, mask) =>
      ring.setWord(first, mask),
    );
  }

  /** Says that numbers up to this one were known once, and are not any more. */
  forget(upTo: number): void {
    this.forgotten = Math.max(this.forgotten, upTo);
  }

  /** Says that numbers up to this one exist. */
  announce(highest: number): void {
    if (highest <= this.top) return;
    requireSequence(highest);
    if (highest - this.top < WORD) this.slideOneByOne(highest);
    else this.slideAtOnce(highest);
    this.top = highest;
  }

  /** Of a number above the floor; what is below, or was never announced, is `missing`. */
  fateOf(sequence: number): Fate | 'missing' {
    if (sequence <= this.floor || sequence > this.top) return 'missing';
    return FATES.findLast((fate) => this.rings[fate].has(sequence)) ?? 'missing';
  }

  /** The remembered numbers of a fate, as ranges, rising. */
  rangesOf(fate: Fate): readonly NumberRange[] {
    const ring = this.rings[fate];
    if (ring.isUntouched) return [];
    const stronger = FATES.slice(FATES.indexOf(fate) + 1).map((each) => this.rings[each]);
    const collected = new RangeCollector();
    eachWord(this.floor, this.top, (first, mask) => {
      const hidden = stronger.reduce((bits, other) => bits | other.word(first), 0);
      collected.take(first, ring.word(first) & mask & ~hidden);
    });
    return collected.end(this.top);
  }

  /** Takes over what another window of the same sequence knows of the numbers up to `upTo`. */
  merge(other: SequenceWindow, upTo = other.top): void {
    const end = Math.min(other.top, upTo);
    this.announce(end);
    const shared = Math.max(this.floor, other.floor);
    const slidOut = other.highestKnown(other.floor, Math.min(shared, end));
    this.forgotten = Math.max(this.forgotten, Math.min(other.forgotten, end), slidOut);
    for (const fate of FATES) this.rings[fate].join(other.rings[fate], shared, end);
  }

  /** Counts the fates of the numbers above `after` up to `upTo`; forgotten and unannounced ones are missing. */
  tally(after: number, upTo: number): Tally {
    const counts = { unobserved: 0, void: 0, attempted: 0, dead_lettered: 0, delivered: 0 };
    const touched = STRONGEST_FIRST.filter((fate) => !this.rings[fate].isUntouched);
    eachWord(Math.max(after, this.floor), Math.min(upTo, this.top), (first, mask) => {
      let stronger = 0;
      for (const fate of touched) {
        const word = this.rings[fate].word(first) & mask;
        counts[fate] += countBits(word & ~stronger);
        stronger |= word;
      }
    });
    const known = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { ...counts, missing: Math.max(0, upTo - after) - known };
  }

  /** The usual way: a number takes the place of the one that is `size` below it. */
  private slideOneByOne(highest: number): void {
    for (let number = this.top + 1; number <= highest; number += 1) {
      for (const fate of FATES) if (this.rings[fate].take(number)) this.forgotten = number - this.size;
    }
  }

  private slideAtOnce(highest: number): void {
    const floorThen = Math.max(0, highest - this.size);
    this.forgotten = Math.max(this.forgotten, this.highestKnown(this.floor, Math.min(floorThen, this.top)));
    for (const fate of FATES) this.rings[fate].clear(this.top, highest);
  }

  private arrivalOf(sequence: number): Arrival {
    if (sequence <= this.floor) return 'late';
    // Not by the top: an attempt that failed has raised it, and nobody has overtaken its repetition.
    if (sequence > this.topObserved) return 'new';
    return this.rings.delivered.has(sequence) ? 'duplicate' : 'gap_filled';
  }

  /** The highest number above `after` up to `upTo` that is not missing; 0 when all are. */
  private highestKnown(after: number, upTo: number): number {
    for (const { first, mask } of wordsDown(after, upTo)) {
      const known = FATES.reduce((bits, fate) => bits | (this.rings[fate].word(first) & mask), 0);
      if (known !== 0) return first + WORD - 1 - Math.clz32(known);
    }
    return 0;
  }
}

function requireSequence(sequence: number): void {
  if (Number.isSafeInteger(sequence) && sequence >= 1) return;
  throw new EdgeAccountingError('sequence_invalid', `${sequence} is not a sequence number: 1, 2, 3, ...`);
}

/** The size of the smallest window that holds so many numbers; the largest one where none does. */
export function windowSizeFor(numbers: number): number {
  return Math.min(MAX_WINDOW, Math.max(MIN_WINDOW, Math.ceil(numbers / WORD) * WORD));
}

/** @throws {@link EdgeAccountingError} `window_size_invalid` for a size that no window may have. */
export function requireWindowSize(size: number): void {
  if (Number.isInteger(size / WORD) && size >= MIN_WINDOW && size <= MAX_WINDOW) return;
  throw new EdgeAccountingError(
    'window_size_invalid',
    `a window of ${size} numbers; take a multiple of 32 from 32 to 65,536`,
  );
}
