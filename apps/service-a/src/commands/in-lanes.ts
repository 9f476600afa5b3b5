/**
 * Works on items, those of one lane one after the other and lanes beside each other.
 *
 * @returns one result an item, in their order.
 * @throws what `work` throws first; let it answer its failures instead.
 * @example
 * await inLanes(events, ({ subject }) => subject, accept); // events of one subject keep their order
 */
export async function inLanes<T, R>(
  items: readonly T[],
  laneOf: (item: T) => string,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const lanes = new Map<string, Promise<unknown>>();
  const results = items.map((item) => {
    const result = (lanes.get(laneOf(item)) ?? Promise.resolve()).then(async () => work(item));
    lanes.set(laneOf(item), result);
    return result;
  });
  return Promise.all(results);
}
