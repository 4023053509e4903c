import type { DocsTree } from '#model/docs.ts';
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
export function* listDocsRecords(
  trees: readonly DocsTree[],
  lookup: Lookup,
  findText: FindText,
): Generator<SearchRecord> {
  for (const { entities, pages, title: tree, version } of trees) {
    const [ref = ''] = entities;
    const owners = lookup.listRelated(ref, 'ownedBy');
    const systems = lookup.listRelated(ref, 'partOf').filter(({ kind }) => kind === 'system');
    const filters = {
      kind: [docsKind],
      tree: entities.slice(0, entityLimit),
      ...(owners.length > 0 && { owner: owners.map((owner) => toShortRef(owner.ref, 'group')) }),
      ...(systems.length > 0 && { system: systems.map((system) => toShortRef(system.ref, 'system')) }),
      ...(version && { version: [version.name] }),
    };
    for (const { address, title, body } of pages)
      yield {
        url: encodeURI(toDocsPath(ref, address)),
        content: findText(body),
        meta: { title, tree, ...(owners[0] && { owner: owners[0].label }) },
        filters,
      };
  }
}
