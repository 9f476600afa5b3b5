/**
 * Where a service keeps the highest Lamport time its processes may stamp: one item a service.
 *
 *     clock ......... limit in the store
 *       |--- stamps ---|            nothing is ever stamped above a limit this process wrote or saw
 */
export interface LimitStore {
  /**
   * Adds `amount` to the limit of a service, starting from 0 where it has none.
   * @returns the limit *before*, which no other call ever gets: a caller's epoch and first clock.
   *   A lost reply only skips numbers.
   */
  reserve(service: string, amount: number): Promise<number>;

  /**
   * Raises the limit to `limit` if it is lower; a refusal means that somebody raised it further.
   * @returns the limit in force afterwards, at least `limit`.
   */
  raiseTo(service: string, limit: number): Promise<number>;
}
