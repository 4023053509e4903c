import { isCommit } from '#model/catalog.ts';
import type { DocsTreePage } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import type { DocsStore, Forge } from '../ports.ts';
import type { FindElsewhere } from './elsewhere.ts';
import type { OpenTree } from './open-tree.ts';

/** What rendering a tree gives, with all that it depends on, so that it need not be done again. */
export type KeptTree = {
  pages: DocsTreePage[];
  redirects: { from: string; address?: string; anchor?: string; url?: string }[];
  /** With places in the repository. */
  problems: Problem[];
  files: string[];
  /** The commit that it was made of, where that is not the one that is read for the catalog. */
  commit?: string | undefined;
  /** The texts and files that were read, with their hashes, and the addresses elsewhere, with what was made of them. */
  inputs: { texts: [string, string][]; files: [string, string][]; elsewhere: [string, string | null][] };
};

/** What identifies a tree before anything of it is rendered. */
export function toTreeKey(open: OpenTree, program: string, base: string): string {
  const { plan, name, config, docs } = open;
  const files = [...docs.files.values()].map(({ source, path }) => [source, path]);
  return JSON.stringify([program, base, plan.repository.id, plan.version?.name, plan.folder, config, name, files]);
}

/** Finds what an earlier build made of a tree, if nothing that it depends on has changed since. */
export async function findKeptTree(
  key: string,
  open: OpenTree,
  findElsewhere: FindElsewhere,
  { forge, store }: { forge: Forge; store: DocsStore },
): Promise<KeptTree | undefined> {
  const kept = parseKept(store.findResult(key));
  if (!kept?.pages.every(({ body }) => store.hasBody(body)) || !kept.files.every(store.hasFile)) return undefined;
  if (kept.inputs.elsewhere.some(([url, found]) => (findElsewhere(url) ?? null) !== found)) return undefined;
  const isSameCommit = kept.commit !== undefined && isCommit(kept.commit) && kept.commit === open.plan.version?.commit;
  if (!isSameCommit && !(await hasSameInputs(kept, open, forge))) return undefined;
  store.use(
    kept.pages.map(({ body }) => body),
    kept.files,
  );
  return kept;
}

async function hasSameInputs({ inputs }: KeptTree, open: OpenTree, forge: Forge): Promise<boolean> {
  await open.tree.fetch(inputs.texts.map(([path]) => path));
  const now = new Map(open.tree.listInputs());
  if (inputs.texts.some(([path, hash]) => now.get(path) !== hash)) return false;
  const { repository, folder } = open.plan;
  for (const [path, hash] of inputs.files) {
    const fetched = await forge.fetchBytes(repository.id, folder === '' ? path : `${folder}/${path}`);
    if ((fetched.fault ?? fetched.hash) !== hash) return false;
  }
  return true;
}

function parseKept(text: string | undefined): KeptTree | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as KeptTree); // written by this program, as the key says
}
