import type { Catalog } from '#model/catalog.ts';
import { toDecoded } from '#model/paths.ts';
import { formatRef } from '#model/ref.ts';
import { type RepositoryIndex, toDestination } from '#model/targets.ts';
import { toDocsPath } from '#model/urls.ts';
import { toPageAddress } from './addresses.ts';
import type { OpenTree } from './open-tree.ts';

/** The portal's own page for an address, where there is one; empty where this audience may not know whether there is. */
export type FindElsewhere = (url: string) => string | undefined;

/** Finds the portal's own page for the address of a source text in any repository whose docs are shown. */
export function createElsewhere(
  opened: readonly OpenTree[],
  index: RepositoryIndex,
  isHiddenPage: (url: string) => boolean = () => false,
): FindElsewhere {
  const pages = new Map<string, string>();
  for (const { plan, docs } of opened.filter(({ plan }) => !plan.version).toReversed())
    for (const { source, address } of docs.pages) {
      const path = plan.folder === '' ? source : `${plan.folder}/${source}`;
      pages.set(`${plan.repository.id}\0${path}`, toDocsPath(plan.entities[0] ?? '', toPageAddress(address)));
    }
  return (url) => {
    if (isHiddenPage(url)) return '';
    if (!/^https?:/i.test(url)) return undefined;
    const [address = '', anchor] = url.split('#');
    const found = toDestination(address, undefined, index);
    if (found.fault !== undefined || found.otherBranch !== undefined) return undefined;
    const page = pages.get(`${found.repository.id}\0${found.path}`);
    return page === undefined || anchor === undefined ? page : `${page}#${anchor}`;
  };
}

/** The pages of one entity, below the address of the portal: of the catalog, of its docs, of what is wrong. */
const pagePattern = /^(?:\/|(?:\.\.?\/)+)(?:catalog|docs|problems)\/([^/?#]+)\/([^/?#]+)\/([^/?#@]+)/;

/**
 * Whether an address is that of a page of the portal that is not there for an audience that may not see everything.
 * Whether it is there for others is not said.
 */
export function createIsHiddenPage(
  { entities, hidden }: Catalog,
  { base, address }: { base: string; address?: string | undefined },
): (url: string) => boolean {
  if (hidden === undefined) return () => false;
  const tops = [address, base].flatMap((top) => (top === undefined ? [] : [top.replace(/\/+$/, '').toLowerCase()]));
  return (url) => {
    const top = tops.find((each) => each !== '' && url.toLowerCase().startsWith(`${each}/`)) ?? '';
    const found = pagePattern.exec(url.slice(top.length));
    if (!found) return false;
    const [namespace = '', kind = '', name = ''] = found.slice(1).map(toDecoded);
    // `/catalog/components/page/2/` is a list.
    if (kind === 'page' && /^\d+$/.test(name)) return false;
    return !entities.has(formatRef({ kind, namespace, name }));
  };
}
