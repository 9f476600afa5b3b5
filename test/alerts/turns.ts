/** Runs what it is given when everything that was given before has ended, well or not. */
export type Turns = <T>(run: () => Promise<T>) => Promise<T>;

/** Makes a queue in which one runs at a time. */
export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return async (run) => {
    const turn = last.then(run, run);
    last = turn;
    return turn;
  };
}

/** Runs something for each item in order, for so many of them at once at most. */
export async function sideBySide<T>(
  items: readonly T[],
  atOnce: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const work = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
