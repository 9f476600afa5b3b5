/** One step of the way to an item: what stands under one value of one label. */
export interface Branch<T> {
  readonly under: Map<string, Branch<T> | T>;
  readonly parent: Branch<T> | undefined;
  /** Its own value in `parent`. */
  readonly value: string;
}

/** Where an item stands, to remove it without looking it up. */
export interface Place<T> {
  readonly branch: Branch<T>;
  readonly value: string;
}

/**
 * Items by the values of their labels, one map for each value but the last:
 *
 *     service-a --> { instance-1: item, instance-2: item }
 *
 * It keeps the callers' own strings and makes none: a joined key for each of 300,000 series would take as
 * much memory as their text. Put the label with the most values last.
 */
export class LabelTree<T extends object> {
  private readonly root: Branch<T> = { under: new Map(), parent: undefined, value: '' };
  private items = 0;

  /** @param depth - how many labels there are, at least 1. */
  constructor(private readonly depth: number) {}

  get size(): number {
    return this.items;
  }

  /** @param values - exactly `depth`. */
  get(values: readonly string[]): T | undefined {
    let found: Branch<T> | T | undefined = this.root;
    for (const value of values) found = (found as Branch<T> | undefined)?.under.get(value);
    return found as T | undefined;
  }

  /** Puts an item where none is. */
  add(values: readonly string[], item: T): Place<T> {
    let branch = this.root;
    for (const value of values.slice(0, this.depth - 1)) branch = branchUnder(branch, value);
    const value = values[this.depth - 1] ?? '';
    branch.under.set(value, item);
    this.items += 1;
    return { branch, value };
  }

  /** Removes what stands at a place, and the branches that lead nowhere else. */
  remove({ branch, value }: Place<T>): void {
    if (!branch.under.delete(value)) return;
    this.items -= 1;
    for (let at = branch; at.parent !== undefined && at.under.size === 0; at = at.parent)
      at.parent.under.delete(at.value);
  }
}

function branchUnder<T extends object>(parent: Branch<T>, value: string): Branch<T> {
  const known = parent.under.get(value) as Branch<T> | undefined;
  if (known) return known;
  const made: Branch<T> = { under: new Map(), parent, value };
  parent.under.set(value, made);
  return made;
}
