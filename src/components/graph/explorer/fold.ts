import type { RefText } from '#model/ref.ts';
import type { Network } from './network.ts';

/** A node that might be drawn, and the column that it stands in: left of 0 it depends on the centre. */
export type Candidate = { node: number; column: number };

/** Some nodes that are drawn as one: of which system or owner they are, if of any. */
export type Fold = { id: string; key: string; nodes: readonly number[]; refs: readonly RefText[]; column: number };

/** What is drawn one by one and what is folded, and by what. */
export type Folding = { single: readonly Candidate[]; folds: readonly Fold[]; by?: 'system' | 'owner' };

/** More than this is folded; so many of the nearest stay as they are. */
const limits = { shown: 150, near: 60 };

/** What is in no system and owned by nobody, and what there is no room to name; the latter opens with all others. */
const others = 'others';
export const restKey = 'rest';

type Group = { id: string; key: string; list: readonly Candidate[] };

type Question = { kept: ReadonlySet<number>; open: readonly string[] };

/** Folds what is too much to be read: by system, and where that is still too much, by owner. */
export function foldCandidates(network: Network, all: readonly Candidate[], question: Question): Folding {
  if (all.length <= limits.shown || question.open.includes('*')) return { single: all, folds: [] };
  const { kept, open } = question;
  const isNear = all.filter(({ column }) => Math.abs(column) === 1).length <= limits.near;
  const toKnown = ({ node }: Candidate) => network.nodes.get(network.graph.refs[node] ?? '');
  const keys = {
    system: (candidate: Candidate) => toKnown(candidate)?.partOf ?? toKnown(candidate)?.owner ?? others,
    owner: (candidate: Candidate) => toKnown(candidate)?.owner ?? others,
  };
  const isOpen = (candidate: Candidate) =>
    open.includes(keys.system(candidate)) || open.includes(keys.owner(candidate));
  const stays = new Set(
    all.filter(({ node, column }) => kept.has(node) || column === 0 || (isNear && Math.abs(column) === 1)),
  );
  const opened = new Set(all.filter((candidate) => !stays.has(candidate) && isOpen(candidate)));
  const loose = all.filter((candidate) => !stays.has(candidate) && !opened.has(candidate));
  const room = Math.max(10, limits.shown - stays.size);
  const bySystem = group(loose, keys.system);
  const by = bySystem.length <= room ? 'system' : 'owner';
  const groups = limitGroups(by === 'system' ? bySystem : group(loose, keys.owner), room);
  const alone = new Set(groups.filter(({ list }) => list.length === 1).flatMap(({ list }) => list));
  return {
    single: all.filter((each) => stays.has(each) || opened.has(each) || alone.has(each)),
    folds: groups.filter(({ list }) => list.length > 1).map((each) => toFold(network, each)),
    by,
  };
}

/** One group for each key on each side of the centre, the largest first; a group stands where the nearest in it stands. */
function group(candidates: readonly Candidate[], toKey: (candidate: Candidate) => string): Group[] {
  const groups = Map.groupBy(candidates, (each) => `${each.column < 0 ? 'dependents' : 'needs'} ${toKey(each)}`);
  return [...groups]
    .map(([id, list]) => ({ id, key: id.slice(id.indexOf(' ') + 1), list }))
    .toSorted((a, b) => b.list.length - a.list.length || (a.id < b.id ? -1 : 1));
}

/** The largest groups as they are, and all others of a side as one. */
function limitGroups(groups: readonly Group[], room: number): Group[] {
  if (groups.length <= room) return [...groups];
  const rest = groups.slice(room - 2).flatMap(({ list }) => list);
  return [...groups.slice(0, room - 2), ...group(rest, () => restKey)];
}

function toFold({ graph }: Network, { id, key, list }: Group): Fold {
  const nearest = Math.min(...list.map(({ column }) => Math.abs(column)));
  const side = id.startsWith('dependents') ? -1 : 1;
  return {
    id: `fold ${id}`,
    key,
    nodes: list.map(({ node }) => node),
    refs: list.map(({ node }) => graph.refs[node] ?? ''),
    column: side * Math.max(1, nearest),
  };
}
