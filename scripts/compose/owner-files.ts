import type { CatalogEntity } from '#model/catalog.ts';
import { findKind, genericKind, kinds } from '#model/kinds/index.ts';
import { type OwnedSum, type OwnersFile, ownersFilePath } from '#model/owners-file.ts';
import { listOwners } from '#model/ownership.ts';
import { levels, type Problem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import type { SiteFile } from './compose.ts';
import { toLabel } from './lookup.ts';
import type { Surroundings } from './surroundings.ts';

/** How many systems are named of one owner. */
const namedSystems = 6;

/** What each owner has, in one file, for pages that know who reads them. */
export function* listOwnerFiles(around: Surroundings): Generator<SiteFile> {
  const owned = groupByOwner(around);
  const refs = around.catalog.entities
    .keys()
    .filter((ref) => ref.startsWith('group:') || (ref.startsWith('user:') && isOwner(ref, owned, around)));
  const all = [...around.catalog.entities.values()].filter((entry) => listOwners(entry).length > 0);
  const used = new Set(all.map(({ entity }) => findKind(entity.kind).kind));
  const file: OwnersFile = {
    version: 1,
    kinds: [...kinds, genericKind]
      .filter(({ kind }) => used.has(kind))
      .map(({ kind, plural, label }) => ({
        kind: kind.toLowerCase(),
        plural,
        one: label,
        many: kind === '' ? label : `${label}s`,
      })),
    owners: Object.fromEntries([...refs].toSorted().map((ref) => [ref, toSum(ref, owned.get(ref) ?? [], around)])),
    shared: listShared(all),
  };
  yield { path: ownersFilePath, text: `${JSON.stringify(file)}\n` };
}

function groupByOwner({ catalog }: Surroundings): Map<RefText, CatalogEntity[]> {
  const owned = new Map<RefText, CatalogEntity[]>();
  for (const entry of catalog.entities.values())
    for (const owner of listOwners(entry)) {
      const own = owned.get(owner) ?? [];
      own.push(entry);
      owned.set(owner, own);
    }
  return owned;
}

const isOwner = (ref: RefText, owned: ReadonlyMap<RefText, unknown>, { problemsByOwner }: Surroundings) =>
  owned.has(ref) || problemsByOwner.has(ref);

const toKindName = ({ entity }: CatalogEntity) => findKind(entity.kind).kind.toLowerCase();

function toSum(ref: RefText, own: readonly CatalogEntity[], around: Surroundings): OwnedSum {
  const problems = around.problemsByOwner.get(ref) ?? [];
  const systems = own
    .filter((entry) => toKindName(entry) === 'system')
    .slice(0, namedSystems)
    .map((entry) => ({ ref: entry.ref, title: toLabel(entry) }));
  return {
    title: around.lookup.toLink(ref).label,
    ...(own.length > 0 && { counts: countBy(own, toKindName) }),
    ...(systems.length > 0 && { systems }),
    ...(problems.length > 0 && { problems: countLevels(problems) }),
  };
}

function countBy<Each>(all: readonly Each[], toKey: (each: Each) => string): Record<string, number> {
  const groups = Map.groupBy(all, toKey);
  return Object.fromEntries([...groups].map(([key, { length }]) => [key, length] as const).toSorted());
}

function countLevels(problems: readonly Problem[]): OwnedSum['problems'] {
  const counts = countBy(problems, ({ level }) => level);
  return Object.fromEntries(levels.flatMap((level) => (counts[level] ? [[level, counts[level]]] : [])));
}

/** What has several owners, as many of each kind as the same owners have. */
function listShared(all: readonly CatalogEntity[]): OwnersFile['shared'] {
  const several = all.filter((entry) => listOwners(entry).length > 1);
  const groups = Map.groupBy(several, (entry) => JSON.stringify([toKindName(entry), ...listOwners(entry).toSorted()]));
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, entries]) => {
      const [first] = entries;
      return first ? [{ kind: toKindName(first), owners: listOwners(first).toSorted(), count: entries.length }] : [];
    });
}
