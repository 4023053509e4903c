import { type Problem, toProblem } from '#model/problems.ts';
import { findNearKey } from '../suggest.ts';
import { type Audience, audienceSchema } from './schema.ts';
import type { SectionReader } from './sections.ts';
import type { Tree } from './tree.ts';

const path = 'portal.audience';

/**
 * Who the portal is for: everybody where the configuration does not say. Absent where it says something that cannot be
 * read whole, be it one word; what is meant then nobody knows, and a part of it could show more than was meant.
 */
export function findAudience(reader: SectionReader): Audience | undefined {
  const refuse = (key: string, message: string, { place }: Tree) => {
    reader.problems.push(toProblem('setting-wrong-type', { key, message }, { place }));
    return undefined;
  };
  const stray = reader.findTree('audience');
  if (stray) return refuse('audience', 'is not known here; `portal.audience` seems to be meant', stray);
  const portal = reader.findTree('portal');
  if (portal === undefined || isNull(portal)) return {};
  if (portal.type !== 'map') return refuse('portal', 'must be a map', portal);
  const meant = [...portal.entries].find(([key]) => key !== 'audience' && findNearKey(key, ['audience']) !== undefined);
  if (meant) return refuse(`portal.${meant[0]}`, 'is not known; `portal.audience` seems to be meant', meant[1].tree);
  const tree = reader.findTree(path);
  if (tree === undefined) return {};
  const empty = findEmpty(tree, path);
  if (empty) return refuse(empty.key, 'is empty: say who it is for, or remove the key', empty.tree);
  const before = reader.problems.length;
  const audience = reader.find(path, audienceSchema);
  return reader.problems.length === before ? audience : undefined;
}

/** Whether a file that cannot be read may have said who the portal is for. */
export const mayHoldAudience = (text: string): boolean => /audience|\$include|\$file/i.test(text);

/** What is wrong with an audience, among all that is wrong with a configuration. */
export const listAudienceFaults = (problems: readonly Problem[]): Problem[] => {
  const own = problems.filter(({ what }) => what.includes('audience'));
  return own.length > 0 ? own : problems.filter(({ place, level }) => place?.repository === '' && level === 'error');
};

const isNull = (tree: Tree) => tree.type === 'scalar' && tree.value === null;

/** A key without a value below a tree, whichever comes first. */
function findEmpty(tree: Tree, key: string): { key: string; tree: Tree } | undefined {
  if (isNull(tree)) return { key, tree };
  if (tree.type !== 'map') return undefined;
  for (const [name, entry] of tree.entries) {
    const found = findEmpty(entry.tree, `${key}.${name}`);
    if (found) return found;
  }
  return undefined;
}
