import type { ApiDefinition, ApiDefinitions } from '#model/api-definition.ts';
import type { CatalogEntity } from '#model/catalog.ts';
import type { ApiPage } from '#model/pages/api-page.ts';
import type { DefinitionCard } from '#model/pages/entity-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import type { Problem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import { definitionKind } from '#model/search.ts';
import { toDefinitionFilePath, toDefinitionPath } from '#model/urls.ts';
import type { SearchRecord } from '../ports.ts';
import type { ComposedApis, SiteFile } from './compose.ts';
import { findSpecText, type Lookup, toLabel } from './lookup.ts';
import { toPlainText } from './prose.ts';
import { toShortRef } from './search-records.ts';
import { findFileUrls } from './source.ts';
import type { Surroundings } from './surroundings.ts';

/** Every definition with the API that it defines; one whose API is not shown has no page. */
function* listShown(definitions: ApiDefinitions, { catalog }: Pick<Lookup, 'catalog'>) {
  for (const [ref, definition] of definitions) {
    const entry = catalog.entities.get(ref);
    if (entry) yield { ref, entry, definition };
  }
}

/** How many problems a page shows; those of one definition are much alike. */
const shownProblems = 10;

const isAboutDefinition = ({ code }: Problem) => code.startsWith('definition-');

/** The page of each definition. */
export function* listApiPages(definitions: ApiDefinitions, around: Surroundings): Generator<ComposedPage<ApiPage>> {
  for (const { ref, entry, definition } of listShown(definitions, around.lookup))
    yield { path: toDefinitionPath(ref), view: toApiPage(ref, entry, definition, around) };
}

function toApiPage(ref: RefText, entry: CatalogEntity, definition: ApiDefinition, around: Surroundings): ApiPage {
  const { entries: _entries, ...shown } = definition;
  const { lookup } = around;
  const listLines = (type: 'apiProvidedBy' | 'apiConsumedBy') =>
    lookup.listRelated(ref, type).map((link) => lookup.toLine(link.ref));
  const about = [definition.format, definition.counts].filter(Boolean).join(': ');
  const problems = (around.problemsByEntity.get(ref) ?? []).filter(isAboutDefinition);
  return {
    ...shown,
    title: toLabel(entry),
    summary: toPlainText([entry.entity.metadata.description, about].filter(Boolean).join(' · '), 200),
    api: lookup.toLink(ref),
    type: findSpecText(entry, 'type') ?? '',
    lifecycle: findSpecText(entry, 'lifecycle'),
    owners: lookup.listRelated(ref, 'ownedBy'),
    providers: listLines('apiProvidedBy'),
    consumers: listLines('apiConsumedBy'),
    file: { path: toDefinitionFilePath(ref, definition.ending), size: toText(entry).length },
    source: toSource(entry, around),
    problems: problems.slice(0, shownProblems).map(around.toProblemLine),
  };
}

const toText = (entry: CatalogEntity): string => findSpecText(entry, 'definition') ?? '';

function toSource({ place, sources }: CatalogEntity, { repositories }: Surroundings): ApiPage['source'] {
  const { repository, path } = sources?.get('spec.definition') ?? place;
  const { url } = findFileUrls(repositories.get(repository), path);
  return { place: `${repository}/${path}`, ...(url && { url }) };
}

/** How many servers the page of an API names. */
const shownServers = 4;

/** What the page of an API says of its definition. */
export function findDefinitionCard(
  definitions: ApiDefinitions,
  ref: RefText,
  problems: readonly Problem[],
): DefinitionCard | undefined {
  const found = definitions.get(ref);
  if (!found) return undefined;
  const { format, version, counts, servers, entries, ending } = found;
  return {
    ...{ format, version, counts, entries },
    servers: servers.slice(0, shownServers),
    path: toDefinitionPath(ref),
    file: toDefinitionFilePath(ref, ending),
    problems: problems.filter(isAboutDefinition).length,
  };
}

/** Each definition as a file, as it is written. */
export function* listApiFiles(definitions: ApiDefinitions, { lookup }: Surroundings): Generator<SiteFile> {
  for (const { ref, entry, definition } of listShown(definitions, lookup))
    yield { path: toDefinitionFilePath(ref, definition.ending), text: toText(entry) };
}

/** What text search knows of each definition: a record of which every operation, message and type is a section. */
export function* listApiRecords({ definitions, findText }: ComposedApis, lookup: Lookup): Generator<SearchRecord> {
  for (const { ref, entry, definition } of listShown(definitions, lookup)) {
    const owners = lookup.listRelated(ref, 'ownedBy');
    const systems = lookup.listRelated(ref, 'partOf').filter(({ kind }) => kind === 'system');
    const [lifecycle, type] = [findSpecText(entry, 'lifecycle'), findSpecText(entry, 'type')];
    yield {
      url: toDefinitionPath(ref),
      content: findText(definition.body),
      meta: { title: toLabel(entry), ...(owners[0] && { owner: owners[0].label }) },
      filters: {
        kind: [definitionKind],
        ...(type && { type: [type] }),
        ...(lifecycle && { lifecycle: [lifecycle] }),
        ...(owners.length > 0 && { owner: owners.map((owner) => toShortRef(owner.ref, 'group')) }),
        ...(systems.length > 0 && { system: systems.map((system) => toShortRef(system.ref, 'system')) }),
      },
    };
  }
}
