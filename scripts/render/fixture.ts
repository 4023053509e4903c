import type { RenderOptions } from './open-docs.ts';
import { type RenderedDocs, renderTree } from './render.ts';
import type { DocsTree } from './tree.ts';

/** A docs tree over a plain map of texts, for tests. */
export const toTree = (files: Readonly<Record<string, string>>): DocsTree => ({
  listFiles: () => Object.keys(files).toSorted(),
  readText: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  readBytes: () => undefined,
});

/** A rendered docs tree of the texts of its files, for tests. */
export const renderFiles = (
  files: Readonly<Record<string, string>>,
  options: Partial<RenderOptions> = {},
): RenderedDocs => renderTree(toTree(files), { name: 'orders', repository: 'shop', ...options });

/** Files whose paths alone matter, each with its name as its text. */
export const toFiles = (paths: string): Record<string, string> =>
  Object.fromEntries(paths.split(' ').flatMap((path) => (path === '' ? [] : [[path, `Text of ${path}`]])));
