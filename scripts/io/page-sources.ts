import { mkdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { listFolder } from './snapshot.ts';

/** What Astro looks for at the root of a project. */
const sources = ['package.json', 'astro.config.mjs', 'tsconfig.json', 'src'];

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.unknown()) });

/**
 * Lays a copy of the page sources below the snapshot and answers where. Astro writes beside what it reads, and a package
 * may be read-only, or serve several builds at once.
 */
export async function copyPageSources(packageFolder: string, snapshot: string): Promise<string> {
  // Vite knows files by their real paths, and Astro wants them below its root.
  const root = join(await realpath(snapshot), 'astro');
  await rm(root, { recursive: true, force: true });
  for (const source of sources) await copyFiles(join(packageFolder, source), join(root, source));
  await linkDependencies(join(packageFolder, 'package.json'), join(root, 'node_modules'));
  return root;
}

async function copyFiles(from: string, to: string): Promise<void> {
  const files = (await stat(from)).isDirectory() ? await listFolder(from) : [from];
  const paths = files.map((file) => relative(from, file)).filter((path) => !path.includes('.test.'));
  for (const folder of new Set(paths.map((path) => dirname(join(to, path))))) await mkdir(folder, { recursive: true });
  // Read and written, not copied: a copy would be as read-only as what it was made of.
  await Promise.all(paths.map(async (path) => writeFile(join(to, path), await readFile(join(from, path)))));
}

/** Links what the package depends on from wherever its package manager put it: beside the package or inside. */
async function linkDependencies(manifest: string, modules: string): Promise<void> {
  const { dependencies } = manifestSchema.parse(JSON.parse(await readFile(manifest, 'utf8')));
  for (const name of Object.keys(dependencies)) {
    const found = findPackageJSON(name, pathToFileURL(manifest));
    if (found === undefined) continue;
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(dirname(found), join(modules, name), 'junction');
  }
}
