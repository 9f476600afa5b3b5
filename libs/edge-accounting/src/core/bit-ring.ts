/** Numbers a word holds. Window sizes are multiples of it, so that equal numbers fall on equal bits of a word. */
export const WORD = 32;
const ALL = 0xffff_ffff;

/**
 * One bit for each of the last `size` numbers, in a ring: number n is bit `n % size`.
 *
 * It does not know which numbers are current; its owner clears what slides in. Memory is taken when
 * the first bit is set, because most of these stay empty.
 */
export class BitRing {
  private words: Uint32Array | undefined;

  constructor(private readonly size: number) {}

  has(number: number): boolean {
    if (!this.words) return false;
    const bit = number % this.size;
    return ((this.words[Math.floor(bit / WORD)] ?? 0) & (1 << (bit % WORD))) !== 0;
  }

  set(number: number): void {
    this.words ??= new Uint32Array(this.size / WORD);
    const bit = number % this.size;
    const word = Math.floor(bit / WORD);
    this.words[word] = (this.words[word] ?? 0) | (1 << (bit % WORD));
  }

  /** Clears one number and answers whether it was set. */
  take(number: number): boolean {
    if (!this.words || !this.has(number)) return false;
    const bit = number % this.size;
    const word = Math.floor(bit / WORD);
    this.words[word] = (this.words[word] ?? 0) & ~(1 << (bit % WORD));
    return true;
  }

  /** The bits of 32 numbers, `first` being a multiple of 32: the lowest bit is `first`. */
  word(first: number): number {
    return this.words?.[(first % this.size) / WORD] ?? 0;
  }

  /** Sets those of 32 numbers whose bit is set in `bits`. */
  setWord(first: number, bits: number): void {
    if (bits === 0) return;
    this.words ??= new Uint32Array(this.size / WORD);
    const word = (first % this.size) / WORD;
    this.words[word] = (this.words[word] ?? 0) | bits;
  }

  /** Whether no number was ever set: most of the rings, most of the time. */
  get isUntouched(): boolean {
    return this.words === undefined;
  }

  /** Sets every number above `after` up to `upTo` that another ring has, of whatever size. */
  join(other: BitRing, after: number, upTo: number): void {
    if (other.isUntouched) return;
    eachWord(after, upTo, (first, mask) => this.setWord(first, other.word(first) & mask));
  }

  /** Clears every number above `after` up to `upTo`. */
  clear(after: number, upTo: number): void {
    if (!this.words) return;
    if (upTo - after >= this.size) {
      this.words.fill(0);
      return;
    }
    const { words, size } = this;
    eachWord(after, upTo, (first, mask) => {
      const word = (first % size) / WORD;
      words[word] = (words[word] ?? 0) & ~mask;
    });
  }
}

/**
 * Visits the words that hold the numbers above `after` up to `upTo`, each with the mask of its part in
 * that range. A callback, not a generator: windows are merged thousands of times a second.
 */
export function eachWord(after: number, upTo: number, visit: (first: number, mask: number) => void): void {
  const start = after + 1;
  for (let first = start - (start % WORD); first <= upTo; first += WORD) {
    const isWhole = first >= start && first + WORD - 1 <= upTo;
    visit(first, isWhole ? ALL : maskOf(first, { start, upTo }));
  }
}

/** The same words, the highest numbers first. */
export function* wordsDown(
  after: number,
  upTo: number,
): Generator<{ readonly first: number; readonly mask: number }> {
  const start = after + 1;
  for (let first = upTo - (upTo % WORD); first + WORD > start; first -= WORD) {
    yield { first, mask: maskOf(first, { start, upTo }) };
  }
}

function maskOf(first: number, range: { readonly start: number; readonly upTo: number }): number {
  const below = Math.max(0, range.start - first);
  const above = Math.max(0, first + WORD - 1 - range.upTo);
  return ((ALL >>> above) >>> below) << below;
}

/** How many bits are set in a word. */
export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
