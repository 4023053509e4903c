import type { Place } from '#model/place.ts';
import { toProblem } from '#model/problems.ts';
import type { SectionReader } from './sections.ts';
import { signInSchema } from './sign-in-schema.ts';

/** Where signing in stands in the configuration. */
export const signInPath = 'portal.signIn';

/** Tells of something that is wrong with a setting; with no setting, with all of it. */
export type Tell = (key: string, message: string) => undefined;

/** Makes what tells of wrong settings. */
export function createTell(reader: SectionReader): Tell {
  const place = reader.findTree(signInPath)?.place;
  return (key, message) => tellWrong(reader, key === '' ? signInPath : `${signInPath}.${key}`, message, place);
}

const known: ReadonlySet<string> = new Set([...Object.keys(signInSchema), 'allow']);

/** A setting that is misspelt would be missed in silence, and with it what it protects. */
export function tellUnknown(reader: SectionReader): void {
  const tree = reader.findTree(signInPath);
  if (tree?.type === 'scalar' && tree.value === true) return;
  if (tree?.type === 'lost') return void reader.problems.push(tree.toProblem(signInPath));
  if (tree?.type !== 'map') return void tellWrong(reader, signInPath, 'must be a map, `true` or `false`', tree?.place);
  for (const [key, { place }] of tree.entries)
    if (!known.has(key)) tellWrong(reader, `${signInPath}.${key}`, 'is no setting of signing in', place);
}

/** `portal.signin`, `portal.sign-in`: somebody meant to lock the door. */
export function tellMisspelt(reader: SectionReader): void {
  const tree = reader.findTree('portal');
  if (tree?.type !== 'map') return;
  for (const [key, { place }] of tree.entries) {
    const isMeant = key.toLowerCase().replace(/[^a-z]/g, '') === 'signin' && key !== 'signIn';
    if (isMeant) tellWrong(reader, `portal.${key}`, 'is no setting: write `portal.signIn`', place);
  }
}

function tellWrong(reader: SectionReader, key: string, message: string, place: Place | undefined): undefined {
  reader.problems.push(toProblem('setting-wrong-type', { key, message }, place && { place }));
}
