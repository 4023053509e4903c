/** Who makes use of a setting: whoever builds the site, whoever runs the proxy for what is live, or whoever serves it behind a sign-in. */
export type Reader = 'build' | 'proxy' | 'sign-in';

/** What each of them is called in a sentence. */
export const readerNames: Record<Reader, string> = {
  build: 'builds',
  proxy: '`portolan proxy`',
  'sign-in': '`portolan serve`',
};

/** A setting that Backstage knows: what becomes of it here, or why nothing does. */
export type KeyRow =
  | { path: string; reader: Reader; what: string }
  | { path: string; reader?: undefined; what: string };

/**
 * What becomes of Backstage's settings, the more special path first wherever two fit. A row without a reader says why nothing reads it.
 * The settings below `portal` are our own, and are taken as they are.
 */
export const backstageKeys: readonly KeyRow[] = [
  { path: 'portal', reader: 'build', what: 'the settings of Portolan itself' },
  {
    path: 'app.title',
    reader: 'build',
    what: 'the title, where there is no `portal.title` and no `organization.name`',
  },
  { path: 'app.baseUrl', reader: 'build', what: 'the address of the portal, and the path that its pages lie below' },
  { path: 'organization.name', reader: 'build', what: 'the title, where there is no `portal.title`' },
  { path: 'integrations.github', reader: 'build', what: 'hosts and credentials that repositories are read with' },
  { path: 'catalog.rules', reader: 'build', what: 'the kinds that are taken, and from where' },
  { path: 'catalog.locations', reader: 'build', what: 'files, addresses and, in the old form, organisations to read' },
  { path: 'catalog.providers.github', reader: 'build', what: 'the organisations and repositories to read' },
  { path: 'catalog.providers.githubOrg', reader: 'build', what: 'the organisations whose people and teams are read' },
  {
    path: 'catalog.processors.githubMultiOrg',
    reader: 'build',
    what: 'namespaces of the people of several organisations',
  },
  { path: 'techdocs.sanitizer.allowedIframeHosts', reader: 'build', what: 'hosts whose pages docs may frame' },
  {
    path: 'techdocs.sanitizer.additionalAllowedURIProtocols',
    reader: 'build',
    what: 'schemes that links in docs may have',
  },
  { path: 'kubernetes.clusterLocatorMethods', reader: 'proxy', what: 'the clusters to ask, of the type `config`' },
  { path: 'kubernetes.customResources', reader: 'proxy', what: 'custom resources to show' },
  { path: 'argocd.appLocatorMethods', reader: 'proxy', what: 'the instances of Argo CD to ask, of the type `config`' },
  { path: 'pagerDuty.oauth', what: 'PagerDuty is read with a read-only key: set `pagerDuty.apiToken`' },
  { path: 'pagerDuty', reader: 'proxy', what: 'how PagerDuty is read' },
  { path: 'prometheus', reader: 'proxy', what: 'where Prometheus is' },
  { path: 'auth.environment', reader: 'sign-in', what: 'whose client is taken, once `portal.signIn` is set' },
  { path: 'auth.providers.oidc', reader: 'sign-in', what: 'issuer and client, once `portal.signIn` is set' },
  { path: 'auth.providers.github', reader: 'sign-in', what: 'host and client, once `portal.signIn` is set' },

  { path: 'app', what: 'it is about the app of Backstage; pages here have no parts that are set up' },
  {
    path: 'auth',
    what: 'nobody signs in to Backstage: sign-in stands in front of the portal, or is done by `portolan serve`',
  },
  { path: 'backend', what: 'no server of Backstage runs, so there is no database, no cache and no port to set' },
  { path: 'proxy', what: 'pages reach no system by themselves; only what `prometheus.proxyPath` names is taken' },
  { path: 'techdocs.sanitizer', what: 'pages have no custom elements, as no script of a repository runs in them' },
  {
    path: 'techdocs',
    what: 'docs are rendered by the build and lie in the site: no generator, no publisher, no cache',
  },
  { path: 'scaffolder', what: 'templates are shown and not run' },
  { path: 'search', what: 'search is a part of the site, without a server' },
  { path: 'permission', what: 'who may see what is decided when the site is built: `portal.audience`' },
  { path: 'permissions', what: 'who may see what is decided when the site is built: `portal.audience`' },
  { path: 'catalog.providers', what: 'repositories are discovered on GitHub, and in folders: `portal.sources`' },
  { path: 'catalog.processors', what: 'no processors run; catalog files are read as they are' },
  { path: 'catalog.import', what: 'the portal is read-only: a component is registered by its catalog file' },
  { path: 'catalog', what: 'each build reads the catalog anew, so nothing is scheduled, refreshed or orphaned' },
  { path: 'kubernetes', what: 'each cluster is asked for what the annotations of an entity name' },
  { path: 'argocd', what: 'Argo CD is read with the token of an account that can only read' },
  {
    path: 'integrations',
    what: 'repositories are read on GitHub; checkouts of others can lie in a folder of `portal.sources`',
  },
  { path: 'organization', what: 'only the name is shown' },
  {
    path: 'events',
    what: 'nothing listens: a push starts a workflow that builds, with `deploy/github/notify-portal.yml`',
  },
  { path: 'costInsights', what: 'costs are not shown' },
  { path: 'notifications', what: 'nobody is notified' },
  { path: 'signals', what: 'nothing is pushed to pages' },
  { path: 'enabled', what: 'there are no plugins to switch' },
];

const unknown = 'it belongs to a plugin, and there are none here';

const isBelow = (path: string, top: string) => path === top || path.startsWith(`${top}.`);

/** The row that says what becomes of a setting: the most special one; a plugin's own setting has none. */
export function findKey(path: string): KeyRow {
  const rows = backstageKeys.filter((row) => isBelow(path, row.path));
  return rows.toSorted((one, other) => other.path.length - one.path.length)[0] ?? { path, what: unknown };
}

/** Whether something further down a path is read, or has a reason of its own. */
export const isAboveKeys = (path: string): boolean =>
  backstageKeys.some((row) => row.path !== path && isBelow(row.path, path));
