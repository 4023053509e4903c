import type { Problem } from '#model/problems.ts';
import type { DocsTools, Forge } from '../ports.ts';
import type { OpenTree } from './open-tree.ts';
import { keepTreeFile, type SiteCopy } from './tree-files.ts';

/** Copies the files that the pages of a tree show, each once; knows afterwards what was copied and what was not. */
export function createFileKeeper({ plan }: OpenTree, forge: Forge, tools: DocsTools) {
  const prefix = plan.folder === '' ? '' : `${plan.folder}/`;
  const copies = new Map<string, Promise<SiteCopy | undefined>>();
  const problems: Problem[] = [];
  const keepNow = async (source: string): Promise<SiteCopy | undefined> => {
    const fetched = await forge.fetchBytes(plan.repository.id, prefix + source);
    const { copy, problem } = { copy: undefined, ...keepTreeFile(prefix + source, fetched, tools) };
    const place = { repository: plan.repository.id, path: prefix + source, line: 1, column: 1 };
    if (problem) problems.push({ ...problem, place });
    return copy;
  };
  return {
    keep: (source: string) => {
      const copy = copies.get(source) ?? keepNow(source);
      copies.set(source, copy);
      return copy;
    },
    listProblems: () => problems.toSorted((a, b) => ((a.place?.path ?? '') < (b.place?.path ?? '') ? -1 : 1)),
  };
}
