import type { Fate } from './sequence-window';

/** What can be told of a number that arrived below the window, from weak to strong. */
const TOLD = ['attempted', 'dead_lettered', 'delivered'] as const satisfies readonly Fate[];
export type StragglerFate = (typeof TOLD)[number];

/** Numbers by fate, as they travel on a heartbeat. */
export type WireStragglers = Readonly<Partial<Record<StragglerFate, readonly number[]>>>;

/** Numbers that one stream tells of; about 9 characters each. */
export const MAX_STRAGGLERS = 64;

/**
 * The last numbers that arrived below a consumer's window, each with what became of it.
 *
 * The window cannot tell them from duplicates, but the books may still hold them, as lost even: whoever hears of one
 * knows that it has arrived, whichever of the two it was.
 */
export class Stragglers {
  private readonly fates = new Map<number, StragglerFate>();

  /** Takes a number in; a stronger fate of it stays. @returns the number that had to make room for it, if any. */
  note(sequence: number, fate: StragglerFate): number | undefined {
    const known = this.fates.get(sequence) ?? fate;
    this.fates.delete(sequence);
    this.fates.set(sequence, TOLD.indexOf(known) > TOLD.indexOf(fate) ? known : fate);
    if (this.fates.size <= MAX_STRAGGLERS) return undefined;
    const [oldest] = this.fates.keys();
    if (oldest !== undefined) this.fates.delete(oldest);
    return oldest;
  }

  /** Each number with its fate, the one noted last at the end. */
  entries(): Iterable<readonly [sequence: number, fate: StragglerFate]> {
    return this.fates;
  }

  /** Plain JSON, for {@link Stragglers.fromWire}; `undefined` without any, which is the usual case. */
  toWire(): WireStragglers | undefined {
    const wire: Partial<Record<StragglerFate, number[]>> = {};
    for (const [sequence, fate] of this.fates) (wire[fate] ??= []).push(sequence);
    return this.fates.size === 0 ? undefined : wire;
  }

  /** Reads what came from outside; `undefined` for anything but a few numbers from 1 to `upTo`. */
  static fromWire(value: unknown, { upTo }: { readonly upTo: number }): Stragglers | undefined {
    const stragglers = new Stragglers();
    if (value === undefined) return stragglers;
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [name, numbers] of Object.entries(value)) {
      const fate = TOLD.find((each) => each === name);
      if (fate === undefined || !isFewNumbers(numbers, upTo)) return undefined;
      for (const sequence of numbers) stragglers.note(sequence, fate);
    }
    return stragglers;
  }
}

function isFewNumbers(value: unknown, upTo: number): value is readonly number[] {
  if (!Array.isArray(value) || value.length > MAX_STRAGGLERS) return false;
  return value.every((each) => Number.isSafeInteger(each) && each >= 1 && each <= upTo);
}
