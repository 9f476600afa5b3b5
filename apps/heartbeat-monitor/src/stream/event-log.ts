/** One event of the stream. */
export interface StreamEvent {
  /** `<epoch>-<n>`: n counts from 1 within one start of one replica. */
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** What a listener has missed: the events, or that they are not kept any more. */
export type Missed =
  { readonly outcome: 'known'; readonly events: readonly StreamEvent[] } | { readonly outcome: 'gap' };

/**
 * The newest events of the stream, kept so that a listener whose connection broke can go on where it
 * was. Bounded: who was away for longer than the events reach back is told everything anew.
 */
export class EventLog {
  private events: StreamEvent[] = [];
  private count = 0;
  private readonly listeners = new Set<(event: StreamEvent) => void>();

  /** @param capacity - events kept; 1,000 bridge a minute of a fleet in trouble. */
  constructor(
    private readonly epoch: number,
    private readonly capacity = 1_000,
  ) {}

  /** Id of the newest event, also before the first. */
  get lastId(): string {
    return `${this.epoch}-${this.count}`;
  }

  append(type: string, data: unknown): void {
    this.count += 1;
    const event = { id: this.lastId, type, data };
    this.events.push(event);
    if (this.events.length > 2 * this.capacity) this.events = this.events.slice(-this.capacity);
    for (const listener of this.listeners) listener(event);
  }

  /** What came after an event. A gap for ids of another start or replica, and for those too long ago. */
  after(id: string): Missed {
    const [, epoch = '', text = ''] = /^(\d{1,16})-(\d{1,16})$/.exec(id) ?? [];
    const number = Number(text);
    if (epoch !== String(this.epoch) || number > this.count) return { outcome: 'gap' };
    const missed = this.count - number;
    if (missed > Math.min(this.capacity, this.events.length)) return { outcome: 'gap' };
    return { outcome: 'known', events: missed === 0 ? [] : this.events.slice(-missed) };
  }

  /** Calls `listener` for every further event. @returns how to end that. */
  subscribe(listener: (event: StreamEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
