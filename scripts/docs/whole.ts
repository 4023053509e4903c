import type { OpenTree } from './open-tree.ts';

/** Whether all texts of a tree can be had: a clone may list a file of a commit without holding it. */
export async function isWhole({ plan, forge, tree, docs }: OpenTree): Promise<boolean> {
  const sources = docs.pages.map(({ source }) => source);
  await tree.fetch(sources);
  const listed = new Set(tree.listFiles());
  const unread = tree.listTexts().flatMap(([path, text]) => (text === undefined && listed.has(path) ? [path] : []));
  const prefix = plan.folder === '' ? '' : `${plan.folder}/`;
  const again = await Promise.all(unread.map((path) => forge.fetchText(plan.repository.id, prefix + path)));
  return again.every(({ fault }) => fault !== 'absent');
}
