import type { CatalogEntity, Repository } from '#model/catalog.ts';
import type { EntityPage } from '#model/pages/entity-page.ts';
import type { Place } from '#model/place.ts';
import { findSafeUrl } from '#model/urls.ts';

/** How the addresses of a forge are spelt. The first row whose host matches is taken; GitHub's spelling is the last. */
const dialects = [
  {
    host: /(^|\.)gitlab\./,
    file: '/-/blob/',
    edit: '/-/edit/',
    tree: '/-/tree/',
    commit: '/-/commit/',
    issues: '/-/issues/new',
  },
  {
    host: /(^|\.)bitbucket\./,
    file: '/src/',
    edit: '/src/',
    tree: '/src/',
    commit: '/commits/',
    issues: '/issues/new',
  },
  { host: /./, file: '/blob/', edit: '/edit/', tree: '/tree/', commit: '/commit/', issues: '/issues/new' },
];

function findDialect(url: string) {
  const { host } = new URL(url);
  return dialects.find((row) => row.host.test(host));
}

const toUrlPath = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** The address of a line in the browser, where the repository has one. */
export function findPlaceUrl(repository: Repository | undefined, place: Place): string | undefined {
  if (!repository?.url) return undefined;
  if (repository.hasPages) return findSafeUrl(`${repository.url}/${toUrlPath(place.path)}`);
  const file = `${repository.url}${findDialect(repository.url)?.file}${repository.branch ?? 'HEAD'}`;
  return findSafeUrl(`${file}/${toUrlPath(place.path)}#L${place.line}`);
}

/** Where a file is read, where it is edited, and where something is said about it, in the browser. */
export function findFileUrls(
  repository: Repository | undefined,
  path: string,
): { url?: string; editUrl?: string; issuesUrl?: string } {
  if (!repository?.url) return {};
  const dialect = findDialect(repository.url);
  const rest = `${repository.branch ?? 'HEAD'}/${toUrlPath(path)}`;
  const url = findSafeUrl(`${repository.url}${dialect?.file}${rest}`);
  const editUrl = findSafeUrl(`${repository.url}${dialect?.edit}${rest}`);
  const issuesUrl = findSafeUrl(`${repository.url}${dialect?.issues}`);
  return { ...(url && { url }), ...(editUrl && { editUrl }), ...(issuesUrl && { issuesUrl }) };
}

/** Where an entity comes from, with the addresses that its own annotations set taking precedence, as in Backstage. */
export function toSource(entry: CatalogEntity, repository: Repository | undefined): EntityPage['source'] {
  const { place } = entry;
  const annotations = entry.entity.metadata.annotations ?? {};
  const url = repository?.hasPages ? undefined : repository?.url;
  const dialect = url ? findDialect(url) : undefined;
  const editUrl = url && `${url}${dialect?.edit}${repository?.branch ?? 'HEAD'}/${toUrlPath(place.path)}`;
  const commit = repository?.commit;
  return {
    repository: place.repository,
    path: place.path,
    line: place.line,
    url: findSafeUrl(annotations['backstage.io/view-url'] ?? '') ?? findPlaceUrl(repository, place),
    editUrl: findSafeUrl(annotations['backstage.io/edit-url'] ?? '') ?? (editUrl && findSafeUrl(editUrl)),
    commit: commit?.slice(0, 10),
    commitUrl: url && commit ? `${url}${dialect?.commit}${commit}` : undefined,
    changedAt: entry.changedAt,
  };
}

/** The address of the code that an entity stands for: its `source-location`, or the folder of its catalog file. */
export function findCodeUrl(entry: CatalogEntity, repository: Repository | undefined): string | undefined {
  const annotated = entry.entity.metadata.annotations?.['backstage.io/source-location']?.replace(/^url:\s*/, '');
  if (annotated && findSafeUrl(annotated)) return findSafeUrl(annotated);
  if (!repository?.url || repository.hasPages) return undefined;
  const folder = entry.place.path.split('/').slice(0, -1);
  if (folder.length === 0) return repository.url;
  return findSafeUrl(
    `${repository.url}${findDialect(repository.url)?.tree}${repository.branch ?? 'HEAD'}/${toUrlPath(folder.join('/'))}`,
  );
}
