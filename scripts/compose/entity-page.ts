import { annotationHints, findAnnotationLinks } from '#model/annotations/index.ts';
import type { ApiDefinitions } from '#model/api-definition.ts';
import type { CatalogEntity } from '#model/catalog.ts';
import { type Docs, noDocs } from '#model/docs.ts';
import { toProblemsPath } from '#model/docs-health.ts';
import { findKind } from '#model/kinds/index.ts';
import type { EntityPage } from '#model/pages/entity-page.ts';
import type { OutLink } from '#model/pages/parts.ts';
import { levels } from '#model/problems.ts';
import { type RefText, toRef } from '#model/ref.ts';
import { toEntityJsonPath, toInboxPath } from '#model/urls.ts';
import { findDefinitionCard } from './api-pages.ts';
import { toOwnLinks } from './contacts.ts';
import { findEntityDocs } from './docs-pages.ts';
import { toFacts } from './facts.ts';
import { findBlastRadius } from './graph/blast-radius.ts';
import { findGraphPath, findNeighbourhood } from './graph/graph-page.ts';
import { listOnCall, toLiveSlots } from './live.ts';
import { findSpecText, type Lookup, toLabel } from './lookup.ts';
import { findProfile, toMembership, toOwnership } from './organisation.ts';
import { toHtml, toPlainText } from './prose.ts';
import { listNeeds, toSections } from './sections.ts';
import { toWritten } from './shown.ts';
import { findCodeUrl, toSource } from './source.ts';
import type { Surroundings } from './surroundings.ts';

/** How many of its problems an entity's page says; a docs tree can have hundreds. */
const shownProblems = 12;

/** The largest entity, in characters of JSON, that is shown as written inside its page; a larger one is one link away. */
const writtenLimit = 12_000;

/** Everything that the page of one entity shows. */
export function toEntityPage(
  entry: CatalogEntity,
  around: Surroundings,
  allDocs: Docs = noDocs,
  definitions: ApiDefinitions = new Map(),
): EntityPage {
  const { lookup } = around;
  const { ref, entity } = entry;
  const { metadata } = entity;
  const written = toWritten(entry);
  const row = findKind(entity.kind);
  const kind = toRef(ref).kind;
  const repository = around.repositories.get(entry.place.repository);
  const description = metadata.description ?? '';
  const docs = findEntityDocs(allDocs, ref);
  const definition = findDefinitionCard(definitions, ref, around.problemsByEntity.get(ref) ?? []);
  const inboxSize = around.problemsByOwner.get(ref)?.length ?? 0;
  return {
    ref,
    kind: entity.kind,
    kindLabel: row.label,
    icon: row.icon,
    section: row.section ?? 'catalog',
    namespace: toRef(ref).namespace,
    name: metadata.name,
    title: toLabel(entry),
    type: findSpecText(entry, 'type'),
    lifecycle: findSpecText(entry, 'lifecycle'),
    summary: toPlainText(description, 200),
    descriptionHtml: description === '' ? '' : toHtml(description),
    owners: around.owners.list(entry),
    unowned: around.owners.findUnowned(entry),
    belongs: toBelongs(lookup, ref),
    links: toLinks(entry, { docs: docs?.path, definition: definition?.path, code: findCodeUrl(entry, repository) }),
    docs,
    definition,
    live: toLiveSlots(entry, around.live),
    onCall: around.live ? listOnCall(lookup, ref) : [],
    blast: findBlastRadius(around, ref),
    needs: listNeeds(lookup, ref),
    neighbourhood: findNeighbourhood(around, ref),
    graphPath: findGraphPath(around, ref),
    sections: toSections(lookup, entry),
    ...(kind === 'group' ? toMembership(lookup, ref) : { members: [], people: 0 }),
    ownership: toOwnership(lookup, ref, kind === 'user' ? 'memberOf' : 'parentOf'),
    profile: kind === 'group' || kind === 'user' ? findProfile(entry) : undefined,
    facts: toFacts(entry),
    ...toProblems(ref, around),
    inbox: inboxSize > 0 ? { path: toInboxPath(ref), count: inboxSize } : undefined,
    hints: annotationHints(written),
    generic: entry.generic,
    source: toSource(entry, repository),
    tags: metadata.tags ?? [],
    labels: Object.entries(metadata.labels ?? {}),
    annotations: Object.entries(written.metadata.annotations ?? {}),
    written: JSON.stringify(written).length <= writtenLimit ? written : undefined,
    jsonPath: toEntityJsonPath(ref),
  };
}

function toProblems(ref: RefText, around: Surroundings): Pick<EntityPage, 'problems' | 'moreProblems'> {
  const all = around.problemsByEntity.get(ref) ?? [];
  const worstFirst = all.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  const problems = worstFirst.slice(0, shownProblems).map(around.toProblemLine);
  const count = all.length - problems.length;
  return { problems, ...(count > 0 && { moreProblems: { count, path: toProblemsPath([], ref) } }) };
}

/** The places in the organisation's structure that an entity names, in the words of its header. */
const belongsTable = [
  { type: 'partOf', label: (kind: string) => (kind === 'component' ? 'Part of' : findKind(kind).label) },
  { type: 'childOf', label: () => 'Parent' },
] as const;

function toBelongs(lookup: Lookup, ref: RefText): EntityPage['belongs'] {
  return belongsTable.flatMap(({ type, label }) =>
    lookup.listRelated(ref, type).map((link) => ({ label: label(toRef(link.ref).kind), link })),
  );
}

type OwnWays = Record<'docs' | 'definition' | 'code', string | undefined>;

function toLinks(entry: CatalogEntity, ways: OwnWays): OutLink[] {
  const docs = ways.docs ? [{ url: ways.docs, title: 'Docs', icon: 'docs' }] : [];
  const definition = ways.definition ? [{ url: ways.definition, title: 'Definition', icon: 'api' }] : [];
  const source = ways.code ? [{ url: ways.code, title: 'Source', icon: 'code' }] : [];
  const all = [...docs, ...definition, ...source, ...toOwnLinks(entry), ...findAnnotationLinks(entry.entity)];
  const seen = new Set<string>();
  return all.filter(({ url }) => {
    const key = url.replace(/\/$/, '');
    return !seen.has(key) && seen.add(key);
  });
}
