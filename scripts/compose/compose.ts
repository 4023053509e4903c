import type { ApiDefinitions } from '#model/api-definition.ts';
import type { Catalog } from '#model/catalog.ts';
import type { Docs } from '#model/docs.ts';
import type { LivePlaces } from '#model/live/places.ts';
import type { PageViews } from '#model/pages/index.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import { toEntityPath } from '#model/urls.ts';
import type { SearchRecord } from '../ports.ts';
import { listAboutFiles, listAboutPages, type Origin, unknownOrigin } from './about.ts';
import { listApiFiles, listApiPages, listApiRecords } from './api-pages.ts';
import { listCatalogFiles, listCatalogPages } from './catalog-index.ts';
import { listDocsHealthFiles, listDocsHealthPages } from './docs-health.ts';
import { listDocsIndexFiles, listDocsIndexPages } from './docs-index.ts';
import { listDocsPages, listDocsRedirects } from './docs-pages.ts';
import { type FindText, listDocsRecords, listOlderDocsRecords } from './docs-records.ts';
import { toEntityPage } from './entity-page.ts';
import { listGraphFiles, listGraphPages } from './graph/graph-page.ts';
import { landscapePath, toLandscapePage } from './graph/landscape.ts';
import { listHandbookPages } from './handbook.ts';
import { listHealthFiles, listHealthPages } from './health.ts';
import { toHomePage } from './home-page.ts';
import { listProxyFiles } from './live.ts';
import { listMachineFiles } from './machine-files.ts';
import { toNameIndex } from './names.ts';
import { toOrganisationPage } from './organisation-page.ts';
import { listOwnerFiles } from './owner-files.ts';
import { listOwnershipFiles, listOwnershipPages } from './ownership.ts';
import { listInboxPages, listProblemFiles, listProblemPages } from './problems-pages.ts';
import { toOwnHtml } from './prose.ts';
import { listSearchRecords } from './search-records.ts';
import { toShownCatalog } from './shown.ts';
import { type Surroundings, toSurroundings } from './surroundings.ts';

/**
 * What the operator says for the portal itself: its home page in Markdown, the systems that a proxy asks, if there is one, and whether
 * readers are signed in; and where all that is shown comes from.
 */
export type Content = {
  home: string;
  base: string;
  live?: LivePlaces | undefined;
  /** Whether readers sign in, so that the proxy has to find them among the people. */
  hasSignIn?: boolean;
  origin?: Origin;
};

/** A file of the finished site that is no page: its path below the site's root, and its text. */
export type SiteFile = {
  path: string;
  text: string;
  /** Set where it says when it was made, which makes it another file in every build. */
  isTimed?: true;
};

/** All that is composed from a catalog: a list of pages a family, and the files beside them. */
export type Composition = {
  pages: { [Family in keyof PageViews]: Iterable<ComposedPage<PageViews[Family]>> };
  files: Iterable<SiteFile>;
  /** What text search knows of the entities, of their definitions, of the pages of their docs, and of those of other versions. */
  records: Record<'catalog' | 'docs' | 'apis' | 'olderDocs', Iterable<SearchRecord>>;
};

/** The rendered docs, the text of their pages, and after how many days without a change a page is stale. */
export type ComposedDocs = { docs: Docs; findText: FindText; staleAfter: number };

/** The rendered definitions of APIs, and their text. */
export type ComposedApis = { definitions: ApiDefinitions; findText: FindText };

const noApis: ComposedApis = { definitions: new Map(), findText: () => '' };

/** What each page shows and each file says, worked out from the catalog alone. Lazy: a page is made when it is asked for. */
export function compose(
  catalog: Catalog,
  content: Content,
  aged: ComposedDocs,
  apis: ComposedApis = noApis,
): Composition {
  const { docs, findText } = aged;
  const around = toSurroundings(toShownCatalog(catalog), content.live);
  const { origin = unknownOrigin } = content;
  const size = { docs, apis: apis.definitions };
  return {
    pages: {
      entity: around.catalog.entities
        .values()
        .map((entry) => ({ path: toEntityPath(entry.ref), view: toEntityPage(entry, around, docs, apis.definitions) })),
      graph: listGraphPages(around),
      landscape: [{ path: landscapePath, view: toLandscapePage(around) }],
      api: listApiPages(apis.definitions, around),
      home: [{ path: '/', view: toHomePage(around, content.home === '' ? '' : toOwnHtml(content.home, content.base)) }],
      catalog: listCatalogPages(around.lookup, docs),
      problems: listProblemPages(around),
      inbox: listInboxPages(around),
      organisation: [{ path: '/organisation/', view: toOrganisationPage(around.lookup) }],
      docs: listDocsPages(docs, around),
      handbook: listHandbookPages(docs),
      docsIndex: listDocsIndexPages(docs, around),
      docsHealth: listDocsHealthPages(aged, around),
      ownership: listOwnershipPages(around),
      health: listHealthPages(around, docs),
      about: listAboutPages(around, origin, size),
    },
    files: listFiles(around, aged, content, catalog, apis),
    records: {
      catalog: listSearchRecords(around.lookup),
      docs: listDocsRecords(docs, around.lookup, findText),
      apis: listApiRecords(apis, around.lookup),
      olderDocs: listOlderDocsRecords(docs, around.lookup, findText),
    },
  };
}

function* listFiles(
  around: Surroundings,
  aged: ComposedDocs,
  { base, live, hasSignIn, origin = unknownOrigin }: Content,
  catalog: Catalog,
  apis: ComposedApis,
): Generator<SiteFile> {
  yield* listMachineFiles(around);
  if (live || hasSignIn) yield* listProxyFiles(catalog, { isLive: live !== undefined });
  if (hasSignIn) yield* listOwnerFiles(around);
  yield* listAboutFiles(around, origin);
  yield* listCatalogFiles(around.lookup, aged.docs);
  yield* listGraphFiles(around);
  yield* listProblemFiles(around);
  yield* listDocsIndexFiles(aged.docs, around);
  yield* listDocsHealthFiles(aged, around);
  yield* listOwnershipFiles(around);
  yield* listHealthFiles(around, aged.docs);
  yield* listDocsRedirects(aged.docs, base);
  yield* listApiFiles(apis.definitions, around);
  yield { path: '/search/names.json', text: JSON.stringify(toNameIndex(around.lookup)) };
}
