import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogDocument, Repository } from '#model/catalog.ts';
import type { Place } from '#model/place.ts';
import { toProblem } from '#model/problems.ts';
import { createRepositoryIndex } from '#model/targets.ts';
import type { FetchedText, Forge } from '../../scripts/ports.ts';
import { toDocuments as toReadDocuments } from '../../scripts/read/documents.ts';
import { createFileReader } from '../../scripts/read/files.ts';
import { createLocator } from '../../scripts/read/locator.ts';
import { parseYaml } from '../../scripts/read/yaml.ts';

/** One document as `validate` takes it, from a text alone; places are of the file that is named. */
export function toDocuments(text: string, path = 'catalog-info.yaml', repository = 'here'): CatalogDocument[] {
  const locator = createLocator();
  const toPlace = (spot: { line: number; column: number }): Place => ({ repository, path, ...spot });
  return parseYaml(text).documents.map(({ docIndex, value, faults, line, column }) => ({
    place: toPlace({ line, column }),
    docIndex,
    ...(value === undefined ? {} : { value }),
    problems: faults.map(({ code, message, ...spot }) => toProblem(code, { message }, { place: toPlace(spot) })),
    locate: (at) => toPlace(locator({ text, hash: '' }, docIndex, at)),
  }));
}

type Origin = { repo: string; path: string };

/** Reads corpus files as if each lay in the repository that it comes from. */
export function createCorpusReader(folder: string, origins: ReadonlyMap<string, Origin>) {
  const repositories = new Map<string, Repository>(
    [...origins.values()].map(({ repo }) => [repo, { id: repo, url: `https://github.com/${repo}`, branch: 'main' }]),
  );
  const tools = {
    reader: createFileReader(createCorpusForge(folder), undefined),
    index: createRepositoryIndex([...repositories.values()], []),
    locator: createLocator(),
  };
  return async ({ repo, path }: Origin): Promise<CatalogDocument[]> => {
    const repository = repositories.get(repo);
    const file = repository && (await tools.reader.read({ repository, path }));
    if (!file || file.fault !== undefined) return [];
    return (await toReadDocuments({ ...file, allows: [undefined], isSeed: true }, tools, undefined)).documents;
  };
}

function createCorpusForge(folder: string): Forge {
  const fetchText = async (repository: string, path: string): Promise<FetchedText> => {
    try {
      return { text: readFileSync(join(folder, 'catalog', repository.replace('/', '__'), path), 'utf8'), hash: '' };
    } catch {
      return { fault: 'absent' };
    }
  };
  return {
    fetchText,
    listRepositories: async () => ({ repositories: [], problems: [] }),
    listFiles: async () => [],
    fetchBytes: async () => ({ fault: 'absent' }),
    listChanges: async () => new Map(),
    listVersions: async () => [],
    findState: async () => undefined,
    listLocalFiles: async () => [],
  };
}
