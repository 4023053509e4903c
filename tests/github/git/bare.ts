import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Lets clients fetch as GitHub does: parts of the history, filtered, any object by its id. */
const config = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[gc]
	auto = 0
`;

/** Makes an empty bare repository; with `shared`, its objects are looked up in that repository too. */
export async function createBareRepository(folder: string, branch: string, shared?: string): Promise<void> {
  await mkdir(join(folder, 'objects', 'info'), { recursive: true });
  await mkdir(join(folder, 'refs', 'heads'), { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'HEAD'), `ref: refs/heads/${branch}\n`),
    writeFile(join(folder, 'config'), config),
    shared ? writeFile(join(folder, 'objects', 'info', 'alternates'), `${join(shared, 'objects')}\n`) : undefined,
  ]);
}

/** Points a branch or a tag at an object. */
export async function writeRef(folder: string, ref: string, oid: string): Promise<void> {
  await mkdir(dirname(join(folder, ref)), { recursive: true });
  await writeFile(join(folder, ref), `${oid}\n`);
}
