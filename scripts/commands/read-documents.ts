import type { CatalogDocument } from '#model/catalog.ts';
import type { Place } from '#model/place.ts';
import type { Problem } from '#model/problems.ts';
import { type Discovery, discover } from '../discover.ts';
import { listFoldersAndFiles, openFiles } from '../io/files.ts';
import { createFolderForge } from '../io/folder.ts';
import type { Cache } from '../ports.ts';
import { type Reading, read } from '../read.ts';
import { parseSettings } from '../settings.ts';

/** What was read from named files and folders. */
export type NamedReading = Reading & {
  /** The file of a place, spelt as it was named, or below the folder that was. */
  toGiven: (place: Pick<Place, 'repository' | 'path'>) => string;
};

/**
 * Reads exactly the files that are named, whatever they are called and wherever their Locations lead; in a folder, what
 * discovery finds there: in the folder itself where it is a repository, in its sub-directories where those are.
 */
export async function readDocuments(
  words: readonly string[],
  workingFolder: string,
  cache?: Cache,
): Promise<NamedReading> {
  const { folders, files } = await listFoldersAndFiles(words, workingFolder);
  const named = await readFiles(files, workingFolder, cache);
  const readings = [named];
  for (const folder of folders) readings.push(await readFolder(folder, workingFolder, cache));
  const documents: CatalogDocument[] = readings.flatMap((reading) => reading.documents);
  const visited = readings.flatMap((reading) => reading.visited);
  const problems: Problem[] = readings.flatMap((reading) => reading.problems);
  const toGiven: NamedReading['toGiven'] = (place) => {
    for (const reading of readings) {
      const given = reading.findGiven(place);
      if (given !== undefined) return given;
    }
    return place.path;
  };
  return { documents, visited, problems, toGiven };
}

type PartReading = Reading & { findGiven: (place: Pick<Place, 'repository' | 'path'>) => string | undefined };

async function readFiles(given: readonly string[], workingFolder: string, cache?: Cache): Promise<PartReading> {
  const { forge, repositories, files } = await openFiles(given, workingFolder);
  const names = new Map(files.map((file) => [`${file.repository}\0${file.path}`, file.given]));
  const discovery: Discovery = {
    ...{ repositories, searched: [], targets: [], suspects: [], hosts: [], problems: [] },
    files: files.map(({ repository, path }) => ({ repository, path, via: 'location' })),
    hasRules: true,
    isClosed: true,
  };
  const reading = await read(forge, discovery, cache);
  return { ...reading, findGiven: ({ repository, path }) => names.get(`${repository}\0${path}`) };
}

async function readFolder(folder: string, workingFolder: string, cache?: Cache): Promise<PartReading> {
  const { value: settings } = parseSettings([], {}, () => undefined);
  const forge = createFolderForge({ sources: [{ folder }] }, workingFolder);
  const discovery = await discover(forge, settings);
  const reading = await read(forge, { ...discovery, hasRules: true }, cache);
  const own = new Map(discovery.repositories.map(({ id }) => [id, forge.toFolder(id)]));
  return {
    documents: reading.documents,
    visited: reading.visited,
    problems: [...discovery.problems, ...reading.problems],
    findGiven: ({ repository, path }) => (own.has(repository) ? `${own.get(repository)}/${path}` : undefined),
  };
}
