/** Bounds of a {@link BoundedMemory}. */
export interface MemoryBounds {
  /** Below 2 nothing is remembered. */
  readonly maxEntries: number;
  /** Bound of all weights together, where entries differ much in size. A value over half of it is not remembered. */
  readonly maxWeight?: number;
}

interface Entry<V> {
  readonly value: V;
  readonly weight: number;
}

/**
 * A map that forgets what was not set for long, in constant time and without exceeding its bounds.
 *
 *     set ──▶ young ── half of the bounds ──▶ old ── young is full again ──▶ forgotten
 *
 * Two generations instead of one ordered map: taking single entries off the front of a large `Map`
 * makes each iteration step over everything that was deleted before.
 */
export class BoundedMemory<V> {
  private young = new Map<string, Entry<V>>();
  private old: ReadonlyMap<string, Entry<V>> = new Map();
  private youngWeight = 0;

  constructor(private readonly bounds: MemoryBounds) {}

  get(key: string): V | undefined {
    return (this.young.get(key) ?? this.old.get(key))?.value;
  }

  /** Remembers a value, as the youngest. */
  set(key: string, value: V, weight = 0): void {
    const { maxEntries, maxWeight = Infinity } = this.bounds;
    if (weight > maxWeight / 2 || maxEntries < 2) return;
    const known = this.young.get(key);
    const entries = this.young.size + (known ? 0 : 1);
    const total = this.youngWeight + weight - (known?.weight ?? 0);
    const isFull = entries > maxEntries / 2 || total > maxWeight / 2;
    if (isFull) this.age();
    this.young.set(key, { value, weight });
    this.youngWeight = isFull ? weight : total;
  }

  private age(): void {
    this.old = this.young;
    this.young = new Map();
  }
}
