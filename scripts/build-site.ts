import type { PageStamp, Site } from '#model/pages/site.ts';
import type { Composition } from './compose/compose.ts';
import type { Progress } from './progress.ts';
import { type PathPlan, planPaths, type SiteManifest, toManifest } from './site/plan-site.ts';

/** Which pages a build renders and removes, of how many; `whole` when nothing of what was there could be kept. */
export type PagePlan = PathPlan & { whole: boolean; pages: number };

/** A file that goes into the site as it is. */
export type StampedFile = {
  path: string;
  digest: string;
  load: () => string | Uint8Array;
  /** It says when it was made: written by every build, and no other than the last one's for that. */
  isTimed?: true;
};

/** What building a site asks of the disk and of Astro. */
export type SitePorts = {
  /** Digest of the program that renders the pages. */
  program: string;
  findPrevious: () => Promise<SiteManifest | undefined>;
  writeSite: (site: Site) => Promise<void>;
  writePages: (family: string, pages: Iterable<{ path: string; view: unknown }>) => Promise<PageStamp[]>;
  /** Digests of the files that were composed, and of those that the operator keeps in `public/`. */
  stampFiles: (files: Composition['files']) => Promise<StampedFile[]>;
  open: (whole: boolean) => Promise<void>;
  render: (due: readonly string[] | undefined, tell: (pages: number) => void) => Promise<void>;
  writeFiles: (files: StampedFile[]) => Promise<void>;
  /** Makes the index for text search; answers its files and how many records are in. */
  index: (records: Composition['records']) => Promise<{ records: number; files: StampedFile[] }>;
  remove: (paths: string[]) => Promise<void>;
  close: (manifest: SiteManifest, base: string) => Promise<void>;
};

/**
 * From a composition to a finished site, doing only what the last build did not do already. Indexing needs the records
 * alone, so it runs beside composing and rendering.
 */
export async function buildSite(
  site: Site,
  composition: Composition,
  ports: SitePorts,
  progress: Progress,
  entities: SiteManifest['entities'] = {},
): Promise<PagePlan> {
  const [previous] = await Promise.all([ports.findPrevious(), ports.writeSite(site)]);
  const frame = `${ports.program} ${JSON.stringify(site)}`;
  const kept = previous?.frame === frame ? previous : undefined;
  const indexing = progress.stage(
    'index',
    () => ports.index(composition.records),
    ({ records }) => [[records, 'records']],
  );
  const composing = progress.stage(
    'compose',
    () => composeAll(composition, ports),
    (made) => [
      [made.pages.length, 'pages'],
      [made.files.length, 'files'],
    ],
  );
  const { pages, files } = await settle(composing, indexing);
  const plan = { whole: kept === undefined, pages: pages.length, ...planPaths(kept?.pages, pages) };
  await ports.open(plan.whole);
  // A whole site is when both need the most memory, so they take turns; else they run side by side.
  if (plan.whole) await indexing;
  const [search] = await Promise.all([indexing, plan.due.length > 0 && renderAll(plan, ports, progress)]);
  const all = [...files, ...search.files];
  const filePlan = planPaths(kept?.files, all);
  const due = new Set(filePlan.due);
  await ports.writeFiles(all.filter(({ path, isTimed }) => isTimed || due.has(path)));
  await ports.remove([...plan.gone.map((path) => `${path}index.html`), ...filePlan.gone]);
  await ports.close(toManifest(frame, pages, all, entities), site.base);
  return plan;
}

/** Waits for the first; should it fail, the second is let go of, so that its own failure is not left lying about. */
async function settle<Result>(first: Promise<Result>, second: Promise<unknown>): Promise<Result> {
  second.catch(() => undefined);
  return first;
}

async function composeAll(composition: Composition, ports: SitePorts) {
  const pages: PageStamp[] = [];
  for (const [family, views] of Object.entries(composition.pages))
    for (const stamp of await ports.writePages(family, views)) pages.push(stamp);
  return { pages, files: await ports.stampFiles(composition.files) };
}

function renderAll(plan: PagePlan, ports: SitePorts, progress: Progress): Promise<void> {
  const total = plan.due.length;
  const tell = (done: number) => progress.tell(`${Math.min(done, total)} of ${total} pages`);
  return progress.stage(
    'render',
    () => ports.render(plan.whole ? undefined : plan.due, tell),
    () => [[total, 'pages']],
  );
}
