/** Where a text stands in a source, counted from 1; the beginning if it does not. */
export function findPosition(source: string, text: string): { line: number; column: number } {
  const at = Math.max(source.indexOf(text), 0);
  const before = source.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
