import type { Forge } from '../ports.ts';
import { type OpenDocs, openDocs } from '../render/open-docs.ts';
import { createFetchedTree, type FetchedTree } from './fetched-tree.ts';
import type { PlannedTree } from './plan.ts';

/** A docs tree of which is known what it consists of; its pages are not read yet. */
export type OpenTree = OpenDocs & {
  plan: PlannedTree;
  /** Where its files are had: with its repository as it is in the version that was planned. */
  forge: Forge;
  /** What it is called where its configuration does not say. */
  name: string;
  tree: FetchedTree;
};

/** A configuration may name others; deeper than this it goes round in circles. */
const maxRounds = 20;

/** Reads the configuration of a tree, and of those that it includes, and lists its files. */
export async function openTree(plan: PlannedTree, name: string, forge: Forge): Promise<OpenTree> {
  const tree = createFetchedTree(forge, plan.repository.id, plan.folder, await forge.listFiles(plan.repository.id));
  const collect = () => openDocs(tree, { name, ...(plan.config && { config: plan.config }) });
  let collected = collect();
  for (let round = 0; round < maxRounds && (await tree.fetchMissing()); round += 1) collected = collect();
  return { plan, forge, name, tree, ...collected };
}
