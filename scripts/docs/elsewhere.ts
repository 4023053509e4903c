import { type RepositoryIndex, toDestination } from '#model/targets.ts';
import { toDocsPath } from '#model/urls.ts';
import { toPageAddress } from './addresses.ts';
import type { OpenTree } from './open-tree.ts';

/** The portal's own page for an address on the web, where there is one. */
export type FindElsewhere = (url: string) => string | undefined;

/** Finds the portal's own page for the address of a source text in any repository whose docs are shown. */
export function createElsewhere(opened: readonly OpenTree[], index: RepositoryIndex): FindElsewhere {
  const pages = new Map<string, string>();
  for (const { plan, docs } of opened.filter(({ plan }) => !plan.version).toReversed())
    for (const { source, address } of docs.pages) {
      const path = plan.folder === '' ? source : `${plan.folder}/${source}`;
      pages.set(`${plan.repository.id}\0${path}`, toDocsPath(plan.entities[0] ?? '', toPageAddress(address)));
    }
  return (url) => {
    if (!/^https?:/i.test(url)) return undefined;
    const [address = '', anchor] = url.split('#');
    const found = toDestination(address, undefined, index);
    if (found.fault !== undefined || found.otherBranch !== undefined) return undefined;
    const page = pages.get(`${found.repository.id}\0${found.path}`);
    return page === undefined || anchor === undefined ? page : `${page}#${anchor}`;
  };
}
