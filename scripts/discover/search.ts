import picomatch from 'picomatch';
import type { Repository } from '#model/catalog.ts';
import {
  hasKind,
  isCatalogFile,
  isForeignPath,
  isMisspelled,
  isRootIndex,
  isSuspicious,
  isTemplatePlace,
} from '#model/catalog-files.ts';
import type { Forge } from '../ports.ts';

/** What a look through a repository finds: catalog files, and files that were meant to be ones. Both sorted. */
export type Finds = { files: string[]; suspects: string[] };

/** Looks through one repository; `asked` are the paths and globs that the configuration looks for beside the usual names. */
export async function searchRepository(forge: Forge, { id }: Repository, asked: readonly string[]): Promise<Finds> {
  const paths = (await forge.listFiles(id)).filter((path) => !isForeignPath(path));
  const isAsked = picomatch(asked.map((pattern) => pattern.replace(/^\/+/, '')));
  const [named, others] = partition(paths, (path) => isCatalogFile(path) || isAsked(path));
  const hasRootFile = named.some((path) => !path.includes('/'));
  const holds = async (path: string, kinds: readonly string[]) => {
    const fetched = await forge.fetchText(id, path);
    return fetched.fault === undefined && hasKind(fetched.text, kinds);
  };
  const isByContent = async (path: string) =>
    (isTemplatePlace(path) && (await holds(path, ['Template']))) ||
    (isRootIndex(path) && !hasRootFile && (await holds(path, ['Location'])));
  const told = await filterAsync(others, isByContent);
  const isSuspect = async (path: string) =>
    isMisspelled(path) || (named.length + told.length === 0 && isSuspicious(path) && (await holds(path, catalogKinds)));
  const files = [...named, ...told].toSorted();
  return {
    files,
    suspects: await filterAsync(
      others.filter((path) => !told.includes(path)),
      isSuspect,
    ),
  };
}

/** The kinds by which a file of another name is told for a catalog file. */
const catalogKinds = ['Component', 'API', 'System', 'Domain', 'Resource', 'Group', 'User', 'Location', 'Template'];

function partition<T>(values: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  const groups = Map.groupBy(values, test);
  return [groups.get(true) ?? [], groups.get(false) ?? []];
}

async function filterAsync<T>(values: readonly T[], test: (value: T) => Promise<boolean>): Promise<T[]> {
  const verdicts = await Promise.all(values.map(test));
  return values.filter((_value, position) => verdicts[position]);
}
