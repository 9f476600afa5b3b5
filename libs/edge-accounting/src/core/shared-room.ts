/**
 * Who took which part of a bounded room, to say fairly what makes way when it is full.
 *
 * A taker with more than its share gives up its own oldest part. So whoever takes ever more can push out nothing that
 * others have taken, as long as those keep to their share: the room divided by all who took of it.
 */
export class SharedRoom {
  private readonly parts = new Map<string, string>();
  private readonly byTaker = new Map<string, Set<string>>();

  constructor(private readonly size: number) {}

  /** Who took a part first: it stays theirs, whoever uses it. */
  takerOf(part: string): string | undefined {
    return this.parts.get(part);
  }

  /** Takes or uses a part. @returns the part that has to make way, if any; it is not in the room any more. */
  use(part: string, by: string): string | undefined {
    const taker = this.parts.get(part) ?? by;
    const own = this.byTaker.get(taker) ?? new Set();
    this.byTaker.set(taker, own);
    this.parts.delete(part);
    this.parts.set(part, taker);
    own.delete(part);
    own.add(part);
    return this.parts.size > this.size ? this.makeWay(own) : undefined;
  }

  private makeWay(own: ReadonlySet<string>): string | undefined {
    // At least one, or the part that was just taken would have to leave.
    const share = Math.max(1, this.size / this.byTaker.size);
    const [oldest] = own.size > share ? own : this.parts.keys();
    if (oldest !== undefined) this.leave(oldest);
    return oldest;
  }

  private leave(part: string): void {
    const taker = this.parts.get(part) ?? '';
    this.parts.delete(part);
    const own = this.byTaker.get(taker);
    own?.delete(part);
    if (own?.size === 0) this.byTaker.delete(taker);
  }
}
