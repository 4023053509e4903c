import { toSecretKey } from '#model/live/catalog.ts';

/** Finds the value of a secret by what stands for its name in an annotation; only names that are allowed have one. */
export function createSecretFinder(
  secrets: ReadonlyMap<string, string | undefined>,
): (key: string) => string | undefined {
  const byKey = new Map([...secrets].map(([name, value]) => [toSecretKey(name), value]));
  return (key) => byKey.get(key);
}
