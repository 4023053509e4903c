import { type Docs, findFirstAddress } from '#model/docs.ts';
import type { HandbookPage } from '#model/pages/docs-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import { problemCodesPath, toHandbookPath } from '#model/urls.ts';
import { createText } from './docs-pages.ts';

/** Every page of the portal's own handbook; the page of all problems, which is always there, ends its navigation. */
export function* listHandbookPages({ handbook }: Docs): Generator<ComposedPage<HandbookPage>> {
  if (handbook === undefined) return;
  const toText = createText(handbook, toHandbookPath);
  const tree = { title: handbook.title, path: toHandbookPath(findFirstAddress(handbook)) };
  for (const page of handbook.pages) {
    const { navigation, ...text } = toText(page);
    const all = [...navigation, { title: 'All problems', path: problemCodesPath }];
    yield { path: toHandbookPath(page.address), view: { ...text, navigation: all, tree } };
  }
}
