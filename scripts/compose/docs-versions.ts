import type { Repository } from '#model/catalog.ts';
import { type DocsTree, findFirstAddress } from '#model/docs.ts';
import type { DocsPage, DocsVersionLink } from '#model/pages/docs-page.ts';
import type { RefText } from '#model/ref.ts';
import { toDocsPath } from '#model/urls.ts';

/** The trees of all versions, the default one first; only the others have a slug. */
type Offer = { name: string; tree: DocsTree; slug?: string };

/**
 * What each page of a tree says of its version: where the same page is in the others, and its one canonical address.
 * That is the default version's, at the first entity of those that show the tree.
 */
export function createVersionFinder(
  current: DocsTree,
  tree: DocsTree,
  ref: RefText,
  repository: Repository | undefined,
): (address: string) => Pick<DocsPage, 'version' | 'canonical'> {
  const [first = ref] = current.entities;
  const offers: Offer[] = [
    { name: current.version?.name ?? repository?.branch ?? 'current', tree: current },
    ...(current.versions ?? []).map(({ slug, tree: other }) => ({
      name: other.version?.name ?? slug,
      tree: other,
      slug,
    })),
  ];
  const places = offers.map((offer) => ({ offer, findPage: createPageFinder(offer.tree) }));
  const name = offers.find((offer) => offer.tree === tree)?.name ?? '';
  return (address) => {
    const links = places.map(({ offer: { name, tree: other, slug }, findPage }): DocsVersionLink => {
      const page = other === tree ? address : findPage(address);
      const path = toDocsPath(ref, page ?? findFirstAddress(other), slug);
      return { name, path, ...(other === tree && { isHere: true }), ...(page === undefined && { isFirst: true }) };
    });
    const now = tree === current ? address : places[0]?.findPage(address);
    const [currentLink] = links;
    const hasVersions = links.length > 1;
    return {
      ...(now !== undefined && { canonical: toDocsPath(first, now) }),
      ...((hasVersions || tree.version) && {
        version: {
          name,
          versions: hasVersions ? links : [],
          ...(tree !== current && currentLink && { current: currentLink }),
        },
      }),
    };
  };
}

/** Finds a page by its address, also by one that it had before. */
function createPageFinder({ pages, redirects }: DocsTree): (address: string) => string | undefined {
  const addresses = new Set(pages.map(({ address }) => address));
  const moved = new Map(
    redirects.flatMap(({ from, address }) =>
      address !== undefined && addresses.has(address) ? [[from, address]] : [],
    ),
  );
  return (address) => (addresses.has(address) ? address : moved.get(address));
}
