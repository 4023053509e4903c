import type { CatalogEntity, Repository } from '#model/catalog.ts';
import { findDialect } from '#model/forge-addresses.ts';
import type { EntityPage } from '#model/pages/entity-page.ts';
import type { Place } from '#model/place.ts';
import { findSafeUrl } from '#model/urls.ts';

const toUrlPath = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** The address of a line in the browser, where the repository has one. */
export function findPlaceUrl(repository: Repository | undefined, place: Place): string | undefined {
  if (!repository?.url) return undefined;
  if (repository.hasPages) return findSafeUrl(`${repository.url}/${toUrlPath(place.path)}`);
  const file = `${repository.url}${findDialect(repository.url)?.file}${repository.branch ?? 'HEAD'}`;
  return findSafeUrl(`${file}/${toUrlPath(place.path)}#L${place.line}`);
}

/** Where a file is read, where it is edited, and the commit that was read, in the browser. */
export function findFileUrls(
  repository: Repository | undefined,
  path: string,
): { url?: string; editUrl?: string; commitUrl?: string } {
  if (!repository?.url) return {};
  const dialect = findDialect(repository.url);
  const rest = `${repository.branch ?? 'HEAD'}/${toUrlPath(path)}`;
  const url = findSafeUrl(`${repository.url}${dialect?.file}${rest}`);
  const editUrl = findSafeUrl(`${repository.url}${dialect?.edit}${rest}`);
  const { commit } = repository;
  const commitUrl = commit && findSafeUrl(`${repository.url}${dialect?.commit}${commit}`);
  return { ...(url && { url }), ...(editUrl && { editUrl }), ...(commitUrl && { commitUrl }) };
}

/** Where an issue is opened, with its title and its text filled in as far as the forge lets an address do it. */
export function findIssueUrl(repository: Repository | undefined, title: string, text: string): string | undefined {
  if (!repository?.url) return undefined;
  const dialect = findDialect(repository.url);
  const asked = new URLSearchParams({
    ...(dialect?.title && { [dialect.title]: title }),
    ...(dialect?.text && { [dialect.text]: text }),
  });
  return findSafeUrl(`${repository.url}${dialect?.issues}?${asked}`);
}

/** Where an entity comes from, with the addresses that its own annotations set taking precedence, as in Backstage. */
export function toSource(entry: CatalogEntity, repository: Repository | undefined): EntityPage['source'] {
  const { place } = entry;
  const annotations = entry.entity.metadata.annotations ?? {};
  const url = repository?.hasPages ? undefined : repository?.url;
  const dialect = url ? findDialect(url) : undefined;
  const editUrl = url && `${url}${dialect?.edit}${repository?.branch ?? 'HEAD'}/${toUrlPath(place.path)}`;
  return {
    repository: place.repository,
    path: place.path,
    line: place.line,
    url: findSafeUrl(annotations['backstage.io/view-url'] ?? '') ?? findPlaceUrl(repository, place),
    editUrl: findSafeUrl(annotations['backstage.io/edit-url'] ?? '') ?? (editUrl && findSafeUrl(editUrl)),
    changedAt: entry.changedAt,
    staleSince: repository?.staleSince,
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
