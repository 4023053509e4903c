import type { Docs } from '#model/docs.ts';
import { fieldMark } from '#model/search.ts';
import { toDocsPath } from '#model/urls.ts';
import type { SearchRecord } from '../ports.ts';
import type { Lookup } from './lookup.ts';
import { toShortRef } from './search-records.ts';

/** Reads the text of a page, at most so many characters, by the key of its body. */
export type ReadText = (key: string, limit: number) => string;

/** How much of one page is searched. */
const textLimit = 20_000;

/** What text search knows of each page of documentation; a tree that several entities show is found at the first one. */
export function* listDocsRecords({ trees }: Docs, lookup: Lookup, readText: ReadText): Generator<SearchRecord> {
  for (const tree of trees) {
    const [ref = ''] = tree.entities;
    const owners = lookup.listRelated(ref, 'ownedBy');
    const systems = lookup.listRelated(ref, 'partOf').filter(({ kind }) => kind === 'system');
    const filters = {
      kind: ['Documentation'],
      ...(owners.length > 0 && { owner: owners.map((owner) => toShortRef(owner.ref, 'group')) }),
      ...(systems.length > 0 && { system: systems.map((system) => toShortRef(system.ref, 'system')) }),
    };
    for (const page of tree.pages) {
      const headings = page.headings.map(({ title }) => title).join(', ');
      const fields = [page.title, headings, readText(page.body, textLimit)];
      yield {
        url: encodeURI(toDocsPath(ref, page.address)),
        content: fields.map((field) => field.replaceAll(fieldMark, ' ')).join(` ${fieldMark} `),
        meta: {
          title: page.title,
          tree: tree.title,
          kind: 'docs',
          ...(owners[0] && { owner: owners[0].label }),
        },
        filters,
      };
    }
  }
}
