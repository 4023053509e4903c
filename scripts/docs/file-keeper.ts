import type { Problem } from '#model/problems.ts';
import type { DocsTools, Forge } from '../ports.ts';
import type { DocsFile } from '../render/files.ts';
import type { OpenTree } from './open-tree.ts';
import { keepTreeFile, type SiteCopy } from './tree-files.ts';

/** Copies the files that the pages of a tree show, each once; knows afterwards what was copied and what was not. */
export function createFileKeeper({ plan }: OpenTree, forge: Forge, tools: DocsTools) {
  const prefix = plan.folder === '' ? '' : `${plan.folder}/`;
  const copies = new Map<string, Promise<SiteCopy | undefined>>();
  const hashes = new Map<string, string>();
  const paths = new Set<string>();
  const problems: Problem[] = [];
  const keepNow = async (source: string): Promise<SiteCopy | undefined> => {
    const fetched = await forge.fetchBytes(plan.repository.id, prefix + source);
    hashes.set(source, fetched.fault ?? fetched.hash);
    const { copy, problem } = { copy: undefined, ...keepTreeFile(prefix + source, fetched, tools) };
    if (copy) paths.add(copy.path);
    const place = { repository: plan.repository.id, path: prefix + source, line: 1, column: 1 };
    if (problem) problems.push({ ...problem, place });
    return copy;
  };
  return {
    keep: (file: DocsFile) => {
      const copy = copies.get(file.source) ?? keepNow(file.source);
      copies.set(file.source, copy);
      return copy;
    },
    listProblems: () => problems,
    listPaths: () => [...paths].toSorted(),
    listInputs: () => [...hashes].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
}
