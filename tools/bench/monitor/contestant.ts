/** Something that hears a fleet and is scraped. */
export interface Contestant {
  /** Makes the fleet's next heartbeats: everybody in turn, evenly over the interval. Its time does not count. */
  prepare(count: number): readonly string[];
  /** Takes them in. */
  apply(texts: readonly string[]): void;
  /** Writes the metrics; its time counts. @returns how long the page is, in bytes. */
  writePage(): Promise<number>;
  /** Serves GET /metrics on loopback. @returns the port. */
  listen(): Promise<number>;
}
