import type { ApiDefinitions } from '#model/api-definition.ts';
import type { Catalog } from '#model/catalog.ts';
import type { Docs } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import { renderApis } from './apis.ts';
import { discover } from './discover.ts';
import { listStale } from './docs/stale.ts';
import { renderDocs } from './docs.ts';
import { judgeOwners } from './owners.ts';
import type { ApiTools, Cache, DocsTools, Forge } from './ports.ts';
import type { Progress } from './progress.ts';
import { read } from './read.ts';
import { addProblems, relate } from './relate.ts';
import type { Settings } from './settings.ts';
import { validate } from './validate.ts';

/** What collecting gives: the catalog with everything that is wrong, the docs and the API definitions of its entities. */
export type Collection = { catalog: Catalog; docs: Docs; apis: ApiDefinitions };

/** The story: repositories are discovered, their files read, judged, and related to one catalog, its docs and API definitions rendered. */
export async function collect(
  forge: Forge,
  settings: Settings,
  settingsProblems: readonly Problem[],
  { cache, docs: tools, apis: apiTools, handbook }: { cache: Cache; docs: DocsTools; apis: ApiTools; handbook?: Forge },
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
    () => renderDocs(catalog, forge, tools, settings.docs.versions, handbook),
    ({ docs }) => [
      [docs.trees.reduce((sum, { pages }) => sum + pages.length, 0), 'pages'],
      [docs.trees.length, 'trees'],
    ],
  );
  const defined = await progress.stage(
    'apis',
    () => renderApis(catalog, forge, apiTools),
    ({ definitions }) => [[definitions.size, 'definitions']],
  );
  return {
    apis: defined.definitions,
    catalog: addProblems(catalog, [
      ...drifts,
      ...rendered.problems,
      ...defined.problems,
      ...listStale(rendered.docs, settings.docs.staleAfter),
    ]),
    docs: rendered.docs,
  };
}
