import type { PageStamp } from '#model/pages/site.ts';

/** What a finished site is made of: the digest of the program and settings, and of each page and file by its path. */
export type SiteManifest = {
  /** Digest of whatever is part of every page: the program, and what pages say of the site. */
  frame: string;
  pages: Record<string, string>;
  files: Record<string, string>;
  /** How many entities each repository had; the next build is compared with it. */
  entities: Record<string, number>;
};

/** What it takes to turn the pages or files that are there into those that are wanted, by their paths. */
export type PathPlan = { due: string[]; gone: string[] };

type Stamps = readonly Pick<PageStamp, 'path' | 'digest'>[];

/** Compares what is wanted with what the last build left; without a last build everything is due. */
export function planPaths(there: Readonly<Record<string, string>> = {}, wanted: Stamps): PathPlan {
  const paths = new Set(wanted.map(({ path }) => path));
  return {
    due: wanted.filter(({ path, digest }) => there[path] !== digest).map(({ path }) => path),
    gone: Object.keys(there).filter((path) => !paths.has(path)),
  };
}

/** The manifest of the site that is wanted, sorted by path. */
export function toManifest(
  frame: string,
  pages: Stamps,
  files: Stamps,
  entities: Readonly<Record<string, number>> = {},
): SiteManifest {
  const toRecord = (stamps: Stamps) =>
    Object.fromEntries(
      stamps.map(({ path, digest }) => [path, digest] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  return { frame, pages: toRecord(pages), files: toRecord(files), entities: { ...entities } };
}
