import type { DocsTree } from '#model/docs.ts';
import type { Forge } from '../ports.ts';
import { openTree } from './open-tree.ts';
import type { RenderTree } from './versions.ts';

/** Renders the portal's own handbook as all docs are rendered; its forge holds nothing else. */
export async function renderHandbook(forge: Forge, render: RenderTree): Promise<DocsTree | undefined> {
  const { repositories } = await forge.listRepositories();
  const [repository] = repositories;
  if (repository === undefined) return undefined;
  const { tree } = {
    tree: undefined,
    ...(await render(await openTree({ repository, folder: '', entities: [] }, 'Handbook', forge))),
  };
  return tree;
}
