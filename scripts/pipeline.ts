import type { Catalog } from '#model/catalog.ts';
import type { Docs } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import { discover } from './discover.ts';
import { listStale } from './docs/stale.ts';
import { renderDocs } from './docs.ts';
import { judgeOwners } from './owners.ts';
import type { Cache, DocsTools, Forge } from './ports.ts';
import type { Progress } from './progress.ts';
import { read } from './read.ts';
import { addProblems, relate } from './relate.ts';
import type { Settings } from './settings.ts';
import { validate } from './validate.ts';

/** What collecting gives: the catalog with everything that is wrong, and the docs that its entities announce. */
export type Collection = { catalog: Catalog; docs: Docs };

/** The story: repositories are discovered, their files read, judged, and related to one catalog, and its docs rendered. */
export async function collect(
  forge: Forge,
  settings: Settings,
  settingsProblems: readonly Problem[],
  { cache, docs: tools }: { cache: Cache; docs: DocsTools },
  progress: Progress,
): Promise<Collection> {
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
  const catalog = await progress.stage(
    'relate',
    () => relate({ entities: validated.entities, problems }, [...discovery.repositories, ...reading.visited]),
    (related) => [
      [related.entities.values().reduce((sum, { relations }) => sum + relations.length, 0), 'relations'],
      [related.problems.length, 'problems'],
    ],
  );
  const drifts = await progress.stage(
    'owners',
    () => judgeOwners(catalog, forge),
    (found) => [[found.length, 'owner drifts']],
  );
  const rendered = await progress.stage(
    'docs',
    () => renderDocs(catalog, forge, tools, settings.docs.versions),
    ({ docs }) => [
      [docs.trees.reduce((sum, { pages }) => sum + pages.length, 0), 'pages'],
      [docs.trees.length, 'trees'],
    ],
  );
  return {
    catalog: addProblems(catalog, [
      ...drifts,
      ...rendered.problems,
      ...listStale(rendered.docs, settings.docs.staleAfter),
    ]),
    docs: rendered.docs,
  };
}
