import type { Catalog } from '#model/catalog.ts';
import type { Problem } from '#model/problems.ts';
import { discover } from './discover.ts';
import type { Cache, Forge } from './ports.ts';
import type { Progress } from './progress.ts';
import { read } from './read.ts';
import { relate } from './relate.ts';
import type { Settings } from './settings.ts';
import { validate } from './validate.ts';

/** The story: repositories are discovered, their files read, judged, and related to one catalog. */
export async function collect(
  forge: Forge,
  settings: Settings,
  settingsProblems: readonly Problem[],
  cache: Cache,
  progress: Progress,
): Promise<Catalog> {
  const discovery = await progress.stage(
    'discover',
    () => discover(forge, settings),
    (found) => [
      [found.repositories.length, 'repositories'],
      [found.files.length, 'catalog files'],
    ],
  );
  const reading = await progress.stage(
    'read',
    () => read(forge, discovery, cache),
    ({ documents }) => [[documents.length, 'documents']],
  );
  const validated = await progress.stage(
    'validate',
    () => validate(reading.documents),
    ({ entities }) => [[entities.length, 'entities']],
  );
  const problems = [...settingsProblems, ...discovery.problems, ...reading.problems, ...validated.problems];
  return progress.stage(
    'relate',
    () => relate({ entities: validated.entities, problems }, discovery.repositories),
    (catalog) => [
      [catalog.entities.values().reduce((sum, { relations }) => sum + relations.length, 0), 'relations'],
      [catalog.problems.length, 'problems'],
    ],
  );
}
