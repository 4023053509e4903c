import type { ApiDefinitions } from '#model/api-definition.ts';
import type { Catalog } from '#model/catalog.ts';
import type { Docs } from '#model/docs.ts';
import { formatPlace } from '#model/place.ts';
import type { Problem } from '#model/problems.ts';
import { renderApis } from './apis.ts';
import { narrow } from './audience.ts';
import { discover } from './discover.ts';
import { listStale } from './docs/stale.ts';
import { renderDocs } from './docs.ts';
import { judgeOwners } from './owners.ts';
import { PortalError } from './portal-error.ts';
import type { ApiTools, Cache, DocsTools, Forge } from './ports.ts';
import type { Progress } from './progress.ts';
import { read } from './read.ts';
import { addProblems, relate } from './relate.ts';
import { listAudienceFaults } from './settings/audience.ts';
import type { Settings } from './settings.ts';
import { validate } from './validate.ts';

/** What collecting gives: the catalog with everything that is wrong, the docs and the API definitions of its entities. */
export type Collection = {
  catalog: Catalog;
  docs: Docs;
  apis: ApiDefinitions;
  /** For the operator alone: what of the whole catalog this audience may not see. */
  leftOut: readonly string[];
  /** For the operator alone as well: problems that are on no page. */
  ofOperator: readonly Problem[];
};

/**
 * The story: repositories are discovered, their files read and judged, what the
 * audience may not see taken out, and the rest related to one catalog, its docs and API definitions rendered.
 */
export async function collect(
  whole: Forge,
  settings: Settings,
  settingsProblems: readonly Problem[],
  { cache, docs: tools, apis: apiTools, handbook }: { cache: Cache; docs: DocsTools; apis: ApiTools; handbook?: Forge },
  progress: Progress,
): Promise<Collection> {
  const audience = toAudience(settings, settingsProblems);
  const discovery = await progress.stage(
    'discover',
    () => discover(whole, settings),
    (found) => [
      [found.repositories.length, 'repositories'],
      [found.files.length, 'catalog files'],
    ],
  );
  const reading = await progress.stage(
    'read',
    () => read(whole, discovery, cache),
    ({ documents }) => [[documents.length, 'documents']],
  );
  const validated = await progress.stage(
    'validate',
    () => validate(reading.documents),
    ({ entities }) => [[entities.length, 'entities']],
  );
  const seen = await progress.stage(
    'audience',
    () =>
      narrow(
        {
          ...validated,
          problems: [...settingsProblems, ...discovery.problems, ...reading.problems],
          repositories: [...discovery.repositories, ...reading.visited],
        },
        audience,
      ),
    ({ entities }) => [[entities.length, 'entities']],
  );
  const forge = seen.narrowForge(whole);
  const catalog = await progress.stage(
    'relate',
    () => relate(seen, seen.repositories, seen.hidden),
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
    catalog: addProblems(
      catalog,
      seen.redact([
        ...drifts,
        ...rendered.problems,
        ...defined.problems,
        ...listStale(rendered.docs, settings.docs.staleAfter),
      ]),
    ),
    docs: rendered.docs,
    leftOut: seen.summary,
    ofOperator: seen.ofOperator,
  };
}

/** Who the portal is for; where that cannot be read, nothing is, and nothing is shown by mistake. */
function toAudience({ audience }: Settings, problems: readonly Problem[]) {
  if (audience) return audience;
  const faults = listAudienceFaults(problems).map(({ place, what }) =>
    place ? `${formatPlace(place)}  ${what}` : what,
  );
  throw new PortalError(['Who the portal is for cannot be read, so nothing is built.', ...faults].join('\n'), {
    hint: 'Correct `portal.audience`; without it, everybody who can open the portal sees everything.',
  });
}
