import type { Forge } from '../ports.ts';
import type { Reading } from './model.ts';
import { findType } from './types.ts';

/** A forge that has these files, and whatever is asked of it in `asked`. */
export function createFiles(
  files: Readonly<Record<string, string>> = {},
): Pick<Forge, 'fetchText'> & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetchText: async (_repository, path) => {
      asked.push(path);
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      return text === undefined ? { fault: 'absent' } : { text, hash: text };
    },
  };
}

/** Reads a definition of a type that is `api/open.yaml` of its repository, beside other files. */
export async function readDefinition(
  type: string,
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Reading> {
  const source = { text, file: { repository: 'shop', path: 'api/open.yaml' } };
  const prepared = await findType(type).prepare?.(source, createFiles(files));
  return prepared?.read() ?? { faults: [] };
}
