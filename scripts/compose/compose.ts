import type { Catalog } from '#model/catalog.ts';
import type { PageViews } from '#model/pages/index.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import { toEntityPath } from '#model/urls.ts';
import type { SearchRecord } from '../ports.ts';
import { listCatalogFiles, listCatalogPages } from './catalog-index.ts';
import { toEntityPage } from './entity-page.ts';
import { toHomePage } from './home-page.ts';
import { listMachineFiles } from './machine-files.ts';
import { toNameIndex } from './names.ts';
import { toOrganisationPage } from './organisation-page.ts';
import { listInboxPages, listProblemFiles, listProblemPages } from './problems-pages.ts';
import { toOwnHtml } from './prose.ts';
import { listSearchRecords } from './search-records.ts';
import { toShownCatalog } from './shown.ts';
import { type Surroundings, toSurroundings } from './surroundings.ts';

/** What the operator wrote for the portal itself, as Markdown. */
export type Content = { home: string; base: string };

/** A file of the finished site that is no page: its path below the site's root, and its text. */
export type SiteFile = { path: string; text: string };

/** All that is composed from a catalog: a list of pages a family, and the files beside them. */
export type Composition = {
  pages: { [Family in keyof PageViews]: Iterable<ComposedPage<PageViews[Family]>> };
  files: Iterable<SiteFile>;
  /** What text search knows of the entities. */
  records: Iterable<SearchRecord>;
};

/** What each page shows and each file says, worked out from the catalog alone. Lazy: a page is made when it is asked for. */
export function compose(catalog: Catalog, content: Content): Composition {
  const around = toSurroundings(toShownCatalog(catalog));
  return {
    pages: {
      entity: around.catalog.entities
        .values()
        .map((entry) => ({ path: toEntityPath(entry.ref), view: toEntityPage(entry, around) })),
      home: [{ path: '/', view: toHomePage(around, content.home === '' ? '' : toOwnHtml(content.home, content.base)) }],
      catalog: listCatalogPages(around.lookup),
      problems: listProblemPages(around),
      inbox: listInboxPages(around),
      organisation: [{ path: '/organisation/', view: toOrganisationPage(around.lookup) }],
    },
    files: listFiles(around),
    records: listSearchRecords(around.lookup),
  };
}

function* listFiles(around: Surroundings): Generator<SiteFile> {
  yield* listMachineFiles(around);
  yield* listCatalogFiles(around.lookup);
  yield* listProblemFiles(around);
  yield { path: '/search/names.json', text: JSON.stringify(toNameIndex(around.lookup)) };
}
