/** Does something with each value, at most so many at a time; the results stand in the order of the values. */
export async function mapInLanes<Value, Result>(
  lanes: number,
  values: Iterable<Value>,
  work: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = Iterator.from(values).map((value, at) => [at, value] as const);
  const run = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const [at, value] = next.value;
      results[at] = await work(value);
    }
  };
  await Promise.all(Array.from({ length: lanes }, run));
  return results;
}
