import type { Docs, DocsTree } from '#model/docs.ts';
import { docsKind } from '#model/search.ts';
import { toDocsPath } from '#model/urls.ts';
import type { SearchRecord } from '../ports.ts';
import type { Lookup } from './lookup.ts';
import { toShortRef } from './search-records.ts';

/** Finds the text of a page by the key of its body. */
export type FindText = (key: string) => SearchRecord['content'];

/** Of how many entities that show the same docs search knows. */
const entityLimit = 20;

/** What text search knows of each page of documentation; a tree that several entities show is found at the first one. */
export function* listDocsRecords({ trees }: Docs, lookup: Lookup, findText: FindText): Generator<SearchRecord> {
  for (const tree of trees) yield* listTreeRecords(tree, undefined, lookup, findText);
}

/** The same for the pages of every other version; each says which one it is of. */
export function* listOlderDocsRecords({ trees }: Docs, lookup: Lookup, findText: FindText): Generator<SearchRecord> {
  for (const { versions = [] } of trees)
    for (const { slug, tree } of versions) yield* listTreeRecords(tree, slug, lookup, findText);
}

function* listTreeRecords(
  { entities, pages, title: tree, version }: DocsTree,
  slug: string | undefined,
  lookup: Lookup,
  findText: FindText,
): Generator<SearchRecord> {
  const [ref = ''] = entities;
  const owners = lookup.listRelated(ref, 'ownedBy');
  const systems = lookup.listRelated(ref, 'partOf').filter(({ kind }) => kind === 'system');
  const filters = {
    kind: [docsKind],
    tree: entities.slice(0, entityLimit),
    ...(owners.length > 0 && { owner: owners.map((owner) => toShortRef(owner.ref, 'group')) }),
    ...(systems.length > 0 && { system: systems.map((system) => toShortRef(system.ref, 'system')) }),
    ...(slug !== undefined && version && { version: [version.name] }),
  };
  for (const { address, title, body } of pages)
    yield {
      url: encodeURI(toDocsPath(ref, address, slug)),
      content: findText(body),
      meta: { title, tree, ...(owners[0] && { owner: owners[0].label }) },
      filters,
    };
}
