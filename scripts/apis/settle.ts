import type { Entry } from './model.ts';

/** Something that was made already. */
const toOnce =
  <Made>(made: Made) =>
  (): Made =>
    made;

/** Describing entries can name further ones: makes the parts of all of them, until no new one comes. */
export function settle(list: () => Entry[]): Entry[] {
  const done = new Map<string, Entry>();
  for (let count = -1; count < done.size; ) {
    count = done.size;
    for (const entry of list()) if (!done.has(entry.id)) done.set(entry.id, { ...entry, parts: toOnce(entry.parts()) });
  }
  return [...done.values()];
}
