import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SitePorts, StampedFile } from '../build-site.ts';
import { PortalError } from '../portal-error.ts';
import type { Indexer, SearchRecord } from '../ports.ts';
import { renderPages } from './astro.ts';
import { createPagefindIndexer } from './pagefind.ts';
import { closeSite, findPrevious, moveTree, openSite, removeSiteFiles, writeSiteFiles } from './site-folder.ts';
import { toDigest, writePages, writeSite } from './snapshot.ts';

/** Where everything lies: the package, the snapshot, the finished site, and the operator's own `public/` folder. */
type Folders = { package: string; snapshot: string; site: string; public: string };

/** Puts records into an index; answers how many are in. */
type IndexRecords = (records: SearchRecord[], indexer: Indexer) => Promise<number>;

/** What building a site asks of the outside, on this machine's disk and with Astro in a process of its own. */
export async function createSitePorts(folders: Folders, indexRecords: IndexRecords): Promise<SitePorts> {
  const { snapshot, site } = folders;
  const manifestFile = join(snapshot, 'built.json');
  return {
    program: await digestProgram(folders.package),
    findPrevious: async () => {
      const previous = await findPrevious(site, manifestFile);
      if (previous !== 'foreign') return previous;
      throw new PortalError(`The folder ${site} holds files that Portolan did not write, so it is left alone.`, {
        hint: 'Name an empty folder with --out, or empty this one.',
      });
    },
    writeSite: (value) => writeSite(snapshot, value),
    writePages: (family, pages) => writePages(snapshot, family, pages),
    stampFiles: async (files) => [...stampTexts(files), ...(await stampFolder(folders.public, ''))],
    open: (whole) => openSite(site, whole),
    render: async (due, tell) => {
      const pages = join(snapshot, 'rendered');
      await renderPages({ packageFolder: folders.package, snapshot, pages, ...(due && { due }) }, tell);
      await moveTree(pages, site);
    },
    writeFiles: async (files) => {
      await writeSiteFiles(
        site,
        files.values().map(({ path, load }) => ({ path, text: load() })),
      );
    },
    index: async (records) => {
      const folder = join(snapshot, 'pagefind');
      const count = await indexRecords([...records], createPagefindIndexer(folder));
      return { records: count, files: await stampFolder(folder, '/pagefind') };
    },
    remove: (paths) => removeSiteFiles(site, paths),
    close: (manifest, base) => closeSite(site, manifestFile, manifest, base),
  };
}

function* stampTexts(files: Iterable<{ path: string; text: string }>): Generator<StampedFile> {
  for (const { path, text } of files) yield { path, digest: toDigest(text), load: () => text };
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function stampFolder(folder: string, prefix: string): Promise<StampedFile[]> {
  const paths = await listFolder(folder);
  return Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(path);
      return {
        path: `${prefix}${path.slice(folder.length).replaceAll('\\', '/')}`,
        digest: toDigest(bytes),
        load: () => bytes,
      };
    }),
  );
}

/** A digest of all that pages are rendered with: the sources of the pages and the versions of what renders them. */
async function digestProgram(packageFolder: string): Promise<string> {
  const hash = createHash('sha256');
  const sources = (await listFolder(join(packageFolder, 'src'))).filter((path) => !path.includes('.test.'));
  for (const path of [join(packageFolder, 'package.json'), join(packageFolder, 'astro.config.mjs'), ...sources])
    hash.update(path.slice(packageFolder.length)).update(await readFile(path));
  return hash.digest('base64url').slice(0, 22);
}
