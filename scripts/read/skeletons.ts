import { findPath, toFolder } from '#model/paths.ts';
import type { FilePoint } from '#model/targets.ts';
import { isMap } from './locations.ts';

/** The folders that hold what a Template copies; what lies in them is a pattern, not an entry of the catalog. */
export type Skeletons = {
  /** Takes note of the folders that a document names, when it is a Template. */
  note: (file: FilePoint, value: unknown) => void;
  has: (file: FilePoint) => boolean;
};

/** A collection of skeleton folders, empty at first. */
export function createSkeletons(): Skeletons {
  const folders = new Map<string, Set<string>>();
  return {
    note: (file, value) => {
      const known = folders.get(file.repository.id) ?? new Set();
      for (const folder of listSkeletons(file.path, value)) known.add(folder);
      folders.set(file.repository.id, known);
    },
    has: ({ repository, path }) => {
      const known = folders.get(repository.id);
      if (known === undefined || known.size === 0) return false;
      return path.split('/').some((_part, depth, parts) => known.has(parts.slice(0, depth).join('/')));
    },
  };
}

function listSkeletons(path: string, value: unknown): string[] {
  if (!isMap(value) || value.kind !== 'Template' || !isMap(value.spec) || !Array.isArray(value.spec.steps)) return [];
  const own = toFolder(path);
  return value.spec.steps.flatMap((step: unknown) => {
    if (!isMap(step) || !isMap(step.input) || typeof step.action !== 'string') return [];
    const { url } = step.input;
    if (!step.action.startsWith('fetch:') || typeof url !== 'string' || url.includes('://')) return [];
    const folder = findPath(own, beforeExpression(url));
    return folder === undefined || isSameOrAbove(folder, own) ? [] : [folder];
  });
}

/** `./skeletons/${{ parameters.language }}` stands for every folder of `./skeletons`. */
function beforeExpression(url: string): string {
  const start = url.indexOf('${{');
  return start < 0 ? url : url.slice(0, url.lastIndexOf('/', start) + 1);
}

const isSameOrAbove = (folder: string, own: string) => folder === '' || folder === own || own.startsWith(`${folder}/`);
