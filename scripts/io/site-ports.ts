import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SitePorts, StampedFile } from '../build-site.ts';
import type { Composition } from '../compose/compose.ts';
import { PortalError } from '../portal-error.ts';
import type { Indexer } from '../ports.ts';
import { renderPages } from './astro.ts';
import { createPagefindIndexer } from './pagefind.ts';
import { closeSite, findPrevious, moveTree, openSite, removeSiteFiles, writeSiteFiles } from './site-folder.ts';
import { digestFolders, listFolder, toDigest, writePages, writeSite } from './snapshot.ts';

/** Where everything lies: the package, the snapshot, the finished site, and the operator's own `public/` folder. */
type Folders = { package: string; snapshot: string; site: string; public: string };

/** Puts records into an index; answers how many are in. */
type IndexRecords = (records: Composition['records'], indexer: Indexer) => Promise<number>;

/** Where a snapshot keeps what the last finished site was made of. */
export const toManifestFile = (snapshot: string): string => join(snapshot, 'built.json');

/** What building a site asks of the outside, on this machine's disk and with Astro in a process of its own. */
export async function createSitePorts(folders: Folders, indexRecords: IndexRecords): Promise<SitePorts> {
  const { snapshot, site } = folders;
  const manifestFile = toManifestFile(snapshot);
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
    stampFiles: async (files) => [
      ...stampTexts(files),
      ...(await stampDocsFiles(join(snapshot, 'docs-files'))),
      ...(await stampFolder(folders.public, '')),
    ],
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
      const count = await indexRecords(records, createPagefindIndexer(folder));
      return { records: count, files: await stampFolder(folder, '/pagefind') };
    },
    remove: (paths) => removeSiteFiles(site, paths),
    close: (manifest, base) => closeSite(site, manifestFile, manifest, base),
  };
}

function* stampTexts(files: Composition['files']): Generator<StampedFile> {
  for (const { path, text, isTimed } of files)
    yield isTimed
      ? { path, digest: 'timed', load: () => text, isTimed }
      : { path, digest: toDigest(text), load: () => text };
}

/** Files of docs trees, whose names are their digests. */
async function stampDocsFiles(folder: string): Promise<StampedFile[]> {
  const paths = await listFolder(folder);
  return paths.map((path) => {
    const name = basename(path);
    return { path: `/docs-files/${name}`, digest: name, load: () => readFileSync(path) };
  });
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
const digestProgram = (packageFolder: string) =>
  digestFolders(['package.json', 'astro.config.mjs', 'src'].map((part) => join(packageFolder, part)));
