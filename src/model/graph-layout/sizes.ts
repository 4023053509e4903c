/** What a node says: its name, and a quieter line below it. */
type Words = { name: string; note: string };

/** How high a node is, and how wide it may be. */
export const nodeHeight = 42;
const widest = 212;
const narrowest = 120;
/** Room for the icon and on both sides of the text, and about how wide a letter is. */
const padding = 44;
const letter = 7.2;
const noteLetter = 6.3;

/** Nodes of a column are as wide as the longest name among them, within limits. */
export function toNodeWidth(nodes: readonly Words[]): number {
  const wanted = nodes.map(({ name, note }) => Math.max(name.length * letter, note.length * noteLetter) + padding);
  return Math.ceil(Math.min(widest, Math.max(narrowest, ...wanted)));
}

/** As much of a node's words as a width has room for. */
export function toFittingWords({ name, note }: Words, width: number): { label: string; note: string } {
  return {
    label: shorten(name, Math.floor((width - padding) / letter)),
    note: shorten(note, Math.floor((width - padding) / noteLetter)),
  };
}

/** A name that fits: its beginning and its end, for that is where names differ. */
function shorten(name: string, room: number): string {
  if (name.length <= room) return name;
  const end = Math.floor((room - 1) / 3);
  return `${name.slice(0, room - 1 - end).trimEnd()}…${name.slice(name.length - end)}`;
}
