import type { DocsTree } from '../render/tree.ts';
import { listTree, readBytesBelow, readTextBelow } from './disk.ts';

/** The regular files below a folder as a docs tree; nothing outside can be read through a link. */
export async function openDocsTree(root: string): Promise<DocsTree> {
  const { paths } = await listTree(root);
  return {
    listFiles: () => paths,
    readText: (path) => {
      const read = readTextBelow(root, path);
      return read.fault === undefined ? read.text : undefined;
    },
    readBytes: (path) => {
      const read = readBytesBelow(root, path);
      return read.fault === undefined ? read.bytes : undefined;
    },
  };
}
