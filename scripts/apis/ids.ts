/** Gives every entry of a page an id of its own that says what it is and stays as long as its name does. */
export function createIds(): (prefix: string, name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (prefix, name) => {
    const wanted = `${prefix}-${toWord(name)}`;
    let id = wanted;
    let count = counts.get(wanted) ?? 1;
    while (taken.has(id)) {
      count += 1;
      id = `${wanted}-${count}`;
    }
    counts.set(wanted, count);
    taken.add(id);
    return id;
  };
}

/** A name as a part of an address: letters, digits, `_`, `.` and `-`. */
const toWord = (name: string): string =>
  name
    .slice(0, 120)
    .replace(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'unnamed';
