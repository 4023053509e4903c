import type { AboutPage } from './about-page.ts';
import type { ApiPage } from './api-page.ts';
import type { CatalogIndexPage } from './catalog-index.ts';
import type { DocsHealthPage, DocsListPage } from './docs-lists.ts';
import type { DocsPage, HandbookPage } from './docs-page.ts';
import type { EntityPage } from './entity-page.ts';
import type { GraphPage, LandscapePage } from './graph-page.ts';
import type { HealthPage } from './health-page.ts';
import type { HomePage } from './home-page.ts';
import type { OrganisationPage } from './organisation-page.ts';
import type { OwnershipPage } from './ownership-page.ts';
import type { InboxPage, ProblemsPage } from './problems.ts';

/** The table of page families: a family is one route, and each of its pages shows one view. */
export type PageViews = {
  entity: EntityPage;
  graph: GraphPage;
  landscape: LandscapePage;
  api: ApiPage;
  home: HomePage;
  organisation: OrganisationPage;
  catalog: CatalogIndexPage;
  problems: ProblemsPage;
  inbox: InboxPage;
  docs: DocsPage;
  handbook: HandbookPage;
  docsIndex: DocsListPage;
  docsHealth: DocsHealthPage;
  ownership: OwnershipPage;
  health: HealthPage;
  about: AboutPage;
};
