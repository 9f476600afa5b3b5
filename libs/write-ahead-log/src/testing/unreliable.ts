/** What happens to one call: it works, does nothing and fails, or works and its reply is lost; `late` fails now and works later. */
export type Fault = 'none' | 'fails' | 'reply lost' | 'late';

/** The failure of a store that may be back a moment later. */
export class StoreAwayError extends Error {
  override readonly name = 'StoreAwayError';
  readonly transient = true;
}

/** Breaks calls in the order told, then works; writes that are late land when told. */
export class Unreliable {
  /** Calls so far, broken ones included. */
  calls = 0;
  private readonly late: (() => Promise<unknown>)[] = [];

  constructor(private readonly faults: Fault[] = []) {}

  next(...faults: readonly Fault[]): void {
    this.faults.push(...faults);
  }

  async call<T>(work: () => Promise<T>): Promise<T> {
    this.calls += 1;
    const fault = this.faults.shift() ?? 'none';
    if (fault === 'none') return work();
    if (fault === 'reply lost') await work();
    if (fault === 'late') this.late.push(work);
    throw new StoreAwayError(fault);
  }

  async landLateWrites(): Promise<void> {
    for (const work of this.late.splice(0)) await work();
  }
}
