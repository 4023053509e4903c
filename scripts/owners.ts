import type { Catalog, CatalogEntity, Repository } from '#model/catalog.ts';
import { ownersPlaces } from '#model/catalog-files.ts';
import { isNobody, listOwners } from '#model/ownership.ts';
import { toFolder } from '#model/paths.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { findOwnersRule, type OwnersRule, parseOwnersFile } from './owners/codeowners.ts';
import { createPeople, type People } from './owners/people.ts';
import type { Forge } from './ports.ts';

/** Compares the owners of components with the CODEOWNERS files of the repositories that they live in. */
export async function judgeOwners(catalog: Catalog, forge: Pick<Forge, 'listFiles' | 'fetchText'>): Promise<Problem[]> {
  const people = createPeople(catalog);
  const components = [...catalog.entities.values()].filter(({ ref }) => ref.startsWith('component:'));
  const byRepository = Map.groupBy(components, ({ place }) => place.repository);
  const judged = catalog.repositories.map(async (repository) => {
    const own = byRepository.get(repository.id);
    const file = own && (await findOwnersFile(repository.id, forge));
    return file ? own.flatMap((entry) => judge(entry, { repository, people, ...file })) : [];
  });
  return (await Promise.all(judged)).flat();
}

async function findOwnersFile(repository: string, forge: Pick<Forge, 'listFiles' | 'fetchText'>) {
  const files = new Set(await forge.listFiles(repository));
  const path = ownersPlaces.find((place) => files.has(place));
  if (path === undefined) return undefined;
  const fetched = await forge.fetchText(repository, path);
  return fetched.fault === undefined ? { path, rules: parseOwnersFile(fetched.text) } : undefined;
}

type Case = { repository: Repository; people: People; path: string; rules: readonly OwnersRule[] };

function judge(entry: CatalogEntity, { repository, people, path, rules }: Case): Problem[] {
  const owners = listOwners(entry);
  const folder = findHome(entry, repository);
  const rule = folder === undefined ? undefined : findOwnersRule(rules, folder);
  const found = rule?.owners.map((written) => people.find(written)) ?? [];
  const meant = [...new Set(found.flatMap((ref) => ref ?? []))];
  const [owner] = owners;
  if ([...owners, ...found].some(people.isInTheDark)) return [];
  if (!rule || owner === undefined || owners.some(isNobody) || meant.length === 0) return [];
  if (owners.some((one) => meant.some((other) => people.isWithin(one, other)))) return [];
  const place = { repository: repository.id, path, line: rule.line, column: 1 };
  return [toProblem('owner-drift', { owner, written: rule.owners.join(' '), meant }, { place, entity: entry.ref })];
}

const sourceKey = 'backstage.io/source-location';
const slugKey = 'github.com/project-slug';

/** The folder of its repository that a component is in; nothing for one whose source is elsewhere. */
function findHome(entry: CatalogEntity, { url, branch }: Repository): string | undefined {
  const { entity, place, hiddenAnnotations = [] } = entry;
  if (hiddenAnnotations.some((key) => key === sourceKey || key === slugKey)) return undefined;
  const { [sourceKey]: source, [slugKey]: slug } = entity.metadata.annotations ?? {};
  if (url !== undefined && source?.startsWith('url:')) return findFolder(source.slice('url:'.length), url, branch);
  if (url !== undefined && slug !== undefined && !url.toLowerCase().endsWith(`/${slug.toLowerCase()}`))
    return undefined;
  return toFolder(place.path);
}

function findFolder(source: string, url: string, branch: string | undefined): string | undefined {
  if (!source.toLowerCase().startsWith(url.toLowerCase())) return undefined;
  const rest = source.slice(url.length);
  if (/^\/?$/.test(rest)) return '';
  for (const way of ['tree', 'blob']) {
    const start = `/${way}/${branch ?? 'HEAD'}`;
    if (rest === start || rest.startsWith(`${start}/`)) return rest.slice(start.length).replace(/^\/+|\/+$/g, '');
  }
  return undefined;
}
