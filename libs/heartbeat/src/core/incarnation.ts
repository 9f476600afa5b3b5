/** One start of an instance. A restart is a new incarnation, so that a gap is never mistaken for one. */
export interface Incarnation {
  /** Claimed once a start with a conditional write; rises with every start of the service. From 0. */
  readonly epoch: number;
  /** Fresh random text of this start, 1 to 32 letters, digits, `_` or `-`: tells starts apart when epochs were lost. */
  readonly token: string;
}

/**
 * How one incarnation stands to another of the same service.
 *
 * `unordered` means that the epochs are equal and the tokens are not: two starts were given one
 * epoch, because its store was wiped or is not shared. Then only sender time can order them.
 *
 * @returns what `a` is, seen from `b`.
 * @example
 * compareIncarnations({ epoch: 2_000, token: 'x' }, { epoch: 1_000, token: 'y' }); // => 'newer'
 */
export function compareIncarnations(
  a: Incarnation,
  b: Incarnation,
): 'same' | 'newer' | 'older' | 'unordered' {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch ? 'newer' : 'older';
  return a.token === b.token ? 'same' : 'unordered';
}
