/** Cuts a list into pieces of a length; the last may be shorter. */
export function pieces<T>(items: readonly T[], length: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / length);
  return Array.from({ length: count }, (_, place) => items.slice(place * length, (place + 1) * length));
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
