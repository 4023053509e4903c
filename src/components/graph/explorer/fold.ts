import type { Network } from './network.ts';

/** A node that might be drawn, and the column that it stands in: left of 0 it depends on the centre. */
export type Candidate = { node: number; column: number };

/** Some nodes that are drawn as one: of which system or owner they are, if of any. */
export type Fold = { id: string; key: string; nodes: readonly number[]; column: number };

/** What is drawn one by one and what is folded, and by what. */
export type Folding = { single: readonly Candidate[]; folds: readonly Fold[]; by?: 'system' | 'owner' };

/** More than this is folded; so many of the nearest stay as they are. */
const limits = { shown: 150, near: 60 };

const others = 'others';

type Question = { kept: ReadonlySet<number>; open: readonly string[] };

/** Folds what is too much to be read: by system, and where that is still too much, by owner. */
export function foldCandidates(network: Network, all: readonly Candidate[], question: Question): Folding {
  if (all.length <= limits.shown || question.open.includes('*')) return { single: all, folds: [] };
  const { kept, open } = question;
  const isNear = all.filter(({ column }) => Math.abs(column) === 1).length <= limits.near;
  const toKnown = ({ node }: Candidate) => network.nodes.get(network.graph.refs[node] ?? '');
  const isOpen = (candidate: Candidate) => {
    const { partOf = others, owner = others } = toKnown(candidate) ?? {};
    return open.includes(partOf) || open.includes(owner);
  };
  const stays = new Set(
    all.filter(({ node, column }) => kept.has(node) || column === 0 || (isNear && Math.abs(column) === 1)),
  );
  const opened = new Set(all.filter((candidate) => !stays.has(candidate) && isOpen(candidate)));
  const loose = all.filter((candidate) => !stays.has(candidate) && !opened.has(candidate));
  const keys = {
    system: (candidate: Candidate) => toKnown(candidate)?.partOf ?? toKnown(candidate)?.owner ?? others,
    owner: (candidate: Candidate) => toKnown(candidate)?.owner ?? others,
  };
  const room = Math.max(10, limits.shown - stays.size);
  const bySystem = group(loose, keys.system);
  const by = bySystem.length <= room ? 'system' : 'owner';
  const groups = limitGroups(by === 'system' ? bySystem : group(loose, keys.owner), room);
  const alone = new Set(
    groups.filter(({ nodes, key }) => nodes.length === 1 && key !== others).flatMap(({ nodes }) => nodes),
  );
  return {
    single: all.filter((each) => stays.has(each) || opened.has(each) || alone.has(each.node)),
    folds: groups.filter(({ nodes }) => nodes.some((node) => !alone.has(node))),
    by,
  };
}

/** One group for each key on each side of the centre, the largest first; a group stands where the nearest in it stands. */
function group(candidates: readonly Candidate[], toKey: (candidate: Candidate) => string): Fold[] {
  const groups = Map.groupBy(candidates, (each) => `${each.column < 0 ? 'dependents' : 'needs'} ${toKey(each)}`);
  return [...groups]
    .map(([id, list]) => toFold(id, id.slice(id.indexOf(' ') + 1), list))
    .toSorted((a, b) => b.nodes.length - a.nodes.length || (a.id < b.id ? -1 : 1));
}

function toFold(id: string, key: string, list: readonly Candidate[]): Fold {
  const nearest = Math.min(...list.map(({ column }) => Math.abs(column)));
  const side = id.startsWith('dependents') ? -1 : 1;
  return { id: `fold ${id}`, key, nodes: list.map(({ node }) => node), column: side * Math.max(1, nearest) };
}

/** The largest groups as they are, and all others of a side as one. */
function limitGroups(groups: readonly Fold[], room: number): Fold[] {
  if (groups.length <= room) return [...groups];
  const named = groups.slice(0, room - 2);
  const rest = groups.slice(room - 2).flatMap(({ nodes, column }) => nodes.map((node) => ({ node, column })));
  const joined = group(rest, () => others);
  return [
    ...named.filter(({ key }) => key !== others),
    ...joined.map((fold) => {
      const same = named.find(({ id }) => id === fold.id);
      return same ? { ...fold, nodes: [...same.nodes, ...fold.nodes] } : fold;
    }),
    ...named.filter(({ id, key }) => key === others && !joined.some((fold) => fold.id === id)),
  ];
}
