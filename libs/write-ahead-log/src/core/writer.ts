/** Who may append to a slot, and from where its segments may still need work. One item a slot; never deleted. */
export interface Writer {
  readonly service: string;
  /** Dense from 0. */
  readonly slot: number;
  /** Raised by every owner; a higher one fences the lower. */
  readonly epoch: number;
  /** The mark: every segment numbered below it is finished. From 1. */
  readonly lowWater: number;
  /** Identity of the owner; changes with every write, so that watchers see that it lives. */
  readonly token: string;
  readonly state: 'held' | 'released';
}

/** What a conditional write of a writer met. `stored` is the item that refused it. */
export type WriterWrite =
  { readonly outcome: 'stored' } | { readonly outcome: 'refused'; readonly stored?: Writer };

/** Port: where writers are kept. Every call but `readAll` is one trip; reads are strongly consistent. */
export interface WriterStore {
  putIfAbsent(writer: Writer): Promise<WriterWrite>;
  read(service: string, slot: number): Promise<Writer | undefined>;
  /** Slots 0, 1, 2, ... up to the first absent one. */
  readAll(service: string): Promise<readonly Writer[]>;
  /** Compare-and-swap: stores `to` where the item still has `from`'s epoch and token. */
  replace(swap: { readonly from: Writer; readonly to: Writer }): Promise<WriterWrite>;
}
