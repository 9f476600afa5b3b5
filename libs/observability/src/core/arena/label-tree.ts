/** One step of the way to an item: what stands under one value of one label. */
export interface Branch<T> {
  readonly under: Map<string, Branch<T> | T>;
  readonly parent: Branch<T> | undefined;
  /** Its own value in `parent`. */
  readonly value: string;
}

/** What can stand in a tree: it knows where, to be removed without being looked up. */
export interface Leaf<T> {
  branch: Branch<T> | undefined;
  /** Its last label's value. */
  leafValue: string;
}

/**
 * Items by the values of their labels, one map for each value but the last:
 *
 *     service-a --> { instance-1: item, instance-2: item }
 *
 * It keeps the callers' own strings and makes none: a joined key for each of 300,000 series would take as
 * much memory as their text. Put the label with the most values last.
 */
export class LabelTree<T extends Leaf<T>> {
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
  add(values: readonly string[], item: T): void {
    let branch = this.root;
    for (const value of values.slice(0, this.depth - 1)) branch = branchUnder(branch, value);
    item.branch = branch;
    item.leafValue = values[this.depth - 1] ?? '';
    branch.under.set(item.leafValue, item);
    this.items += 1;
  }

  /** Removes an item, and the branches that lead nowhere else; one that is in no tree is left alone. */
  remove(item: T): void {
    const { branch } = item;
    if (branch === undefined) return;
    item.branch = undefined;
    branch.under.delete(item.leafValue);
    this.items -= 1;
    for (let at = branch; at.parent !== undefined && at.under.size === 0; at = at.parent)
      at.parent.under.delete(at.value);
  }
}

function branchUnder<T>(parent: Branch<T>, value: string): Branch<T> {
  const known = parent.under.get(value) as Branch<T> | undefined;
  if (known) return known;
  const made: Branch<T> = { under: new Map(), parent, value };
  parent.under.set(value, made);
  return made;
}
