/** A source of numbers in [0, 1), like `Math.random`, that gives the same row for the same seed. */
export type Random = () => number;

/**
 * A row of numbers from a seed: good enough to simulate, not to keep secrets.
 *
 * @param seed - any whole number; only its lowest 32 bits count.
 * @see Weyl sequence with the finaliser of MurmurHash3 (Appleby).
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
