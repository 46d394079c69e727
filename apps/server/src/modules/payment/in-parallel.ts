/** One after the other by each of a few workers. */
export async function inParallel<Item>(
  items: readonly Item[],
  workers: number,
  handle: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await handle(next);
  };
  await Promise.all(Array.from({ length: workers }, work));
}
