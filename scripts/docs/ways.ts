import type { Catalog } from '#model/catalog.ts';
import { type Docs, type DocsTree, findFirstAddress } from '#model/docs.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import { toPageAddress } from './addresses.ts';
import type { DocsPlan } from './plan.ts';

/** The way of each entity to its docs; what it borrows comes before what is its own, as in Backstage. */
export function toWays(
  { borrowings, trees: planned }: DocsPlan,
  trees: readonly DocsTree[],
  catalog: Catalog,
): { ways: Docs['ways']; problems: Problem[] } {
  const own = new Map(trees.flatMap((tree) => tree.entities.map((ref) => [ref, tree] as const)));
  const announced = new Set(planned.flatMap(({ entities }) => entities));
  const ways = new Map([...own].map(([ref, tree]) => [ref, { tree, host: ref, address: findFirstAddress(tree) }]));
  const problems: Problem[] = [];
  const report = (entity: RefText, ref: RefText, path: string) => {
    const place = catalog.entities.get(entity)?.place;
    problems.push(toProblem('docs-elsewhere-missing', { ref, path }, { ...(place && { place }), entity }));
  };
  for (const { ref, host, path } of borrowings) {
    const tree = own.get(host);
    if (!tree) {
      // Docs that are announced and cannot be shown are reported where they are announced.
      if (!announced.has(host)) report(ref, host, '');
      continue;
    }
    const page = findPage(tree, path);
    if (!page && path !== '') report(ref, host, path);
    ways.set(ref, { tree, host, address: page?.address ?? findFirstAddress(tree) });
  }
  return { ways, problems };
}

function findPage({ pages }: DocsTree, path: string) {
  const wanted = path === '' ? '' : toPageAddress(path.endsWith('.html') ? path : `${path}/`);
  return pages.find(({ address }) => address === wanted);
}
