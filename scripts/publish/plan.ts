import type { ListedFile } from '../ports.ts';
import { type Headers, isCompressed, isHashed, noHeaders, toHeaders } from './headers.ts';
import { type Location, type Manifest, ownFolder, type ReleasedFile } from './manifest.ts';

/** A file that is to be published, by its content; where its bytes lie in a pack already, if they do. */
export type SourceFile = { digest: string; bytes: number; location?: Location };

/** A file whose bytes are needed: to be written, to be packed, or both. */
export type PlannedFile = {
  path: string;
  digest: string;
  bytes: number;
  headers: Headers;
  isZipped: boolean;
  /** Where its bytes are packed already. */
  location?: Location;
  /** `absent`: no such file is there; `changed`: another one is; `unsure`: one is there that may be the same, by its MD5. */
  state: 'absent' | 'changed' | { md5: string };
};

/** What has to be done, in this order: each step is finished before the next begins. */
export type Plan = {
  /** Files that stand where a folder has to be, or the other way round; they go at once. */
  obstacles: string[];
  steps: { name: StepName; files: PlannedFile[] }[];
  /** Files that are gone for longer than the grace time. */
  removals: string[];
  /** Files that need nothing. */
  kept: Map<string, ReleasedFile>;
  gone: Map<string, string>;
};

export type StepName = 'new files' | 'new pages' | 'changed files' | 'changed pages';
const stepNames: readonly StepName[] = ['new files', 'new pages', 'changed files', 'changed pages'];

type Situation = {
  site: ReadonlyMap<string, SourceFile>;
  published: Manifest | undefined;
  /** What the store really has; undefined where the manifest can be believed. */
  present: ReadonlyMap<string, ListedFile> | undefined;
  /** Keeps bytes alone, without headers. */
  isPlain: boolean;
  now: number;
  /** For how many milliseconds files stay that are gone. */
  grace: number;
  /** Packs everything anew, because the packs that are there are to go. */
  forgets?: boolean;
};

/** Decides what to write, in which order, and what to remove; touches nothing. */
export function planPublish(situation: Situation): Plan {
  const { site, published } = situation;
  const kept = new Map<string, ReleasedFile>();
  const steps = new Map<StepName, PlannedFile[]>(stepNames.map((name) => [name, []]));
  const packed = createPackedFinder(published);
  for (const [path, file] of [...site].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const before = published?.files.get(path);
    const planned = planFile(path, file, before, situation, packed);
    if (planned === undefined && before) kept.set(path, before);
    else if (planned) steps.get(toStep(planned))?.push(planned);
  }
  const gone = listGone(situation);
  const obstacles = listObstacles([...gone.keys()], site);
  for (const path of obstacles) gone.delete(path);
  const removals = listOver(gone, situation);
  for (const path of removals) gone.delete(path);
  return { obstacles, steps: stepNames.map((name) => ({ name, files: steps.get(name) ?? [] })), removals, kept, gone };
}

/** Finds where a content is packed, as what is published says. */
function createPackedFinder(published: Manifest | undefined) {
  const toName = (digest: string, isZipped: boolean) => `${digest} ${isZipped}`;
  let known: Map<string, Location> | undefined;
  const learn = () => {
    const files = [...(published?.files.values() ?? [])];
    return new Map(files.map(({ digest, location }) => [toName(digest, location.isZipped), location]));
  };
  return (digest: string, isZipped: boolean) => {
    known ??= learn();
    return known.get(toName(digest, isZipped));
  };
}

const isSameHeaders = (one: Headers, other: Headers) =>
  one.type === other.type && one.cacheControl === other.cacheControl && one.encoding === other.encoding;

/** What one file needs; undefined where it needs nothing. */
function planFile(
  path: string,
  { digest, bytes, location }: SourceFile,
  before: ReleasedFile | undefined,
  { present, isPlain, forgets = false }: Situation,
  findPacked: (digest: string, isZipped: boolean) => Location | undefined,
): PlannedFile | undefined {
  const headers = isPlain ? noHeaders : toHeaders(path, bytes);
  const isZipped = isCompressed(path, bytes);
  const isSame = before?.digest === digest && isSameHeaders(before.headers, headers);
  const there = present?.get(path);
  if (!forgets && isSame && (present === undefined || there?.md5 === before.md5)) return undefined;
  const packedAt = forgets ? undefined : (location ?? findPacked(digest, isZipped));
  const planned = { path, digest, bytes, headers, isZipped, ...(packedAt && { location: packedAt }) };
  return { ...planned, state: toState(before, there, present !== undefined, isSame, digest) };
}

function toState(
  before: ReleasedFile | undefined,
  there: ListedFile | undefined,
  isListed: boolean,
  isSame: boolean,
  digest: string,
): PlannedFile['state'] {
  if (isListed && there === undefined) return 'absent';
  // The same bytes with other headers cannot be told from a listing, so they are written again.
  if (there?.md5 !== undefined && (isSame || before?.digest !== digest)) return { md5: there.md5 };
  return before || there ? 'changed' : 'absent';
}

/** Pages come after what they refer to, and what changes after what is new. */
function toStep({ path, state }: PlannedFile): StepName {
  const isPage = path.endsWith('.html');
  if (state === 'absent' || isHashed(path)) return isPage ? 'new pages' : 'new files';
  return isPage ? 'changed pages' : 'changed files';
}

/** What is not part of the site any more, and since when. */
function listGone({ site, published, present, now }: Situation): Map<string, string> {
  const since = new Date(now).toISOString();
  const known = [...(published?.files.keys() ?? []), ...listStrays(site, published, present)];
  const fresh = known.filter((path) => !site.has(path)).map((path) => [path, since] as const);
  // What a publish wrote that was cut off may refer to anything that is still there.
  const before = [...(published?.gone ?? [])].map(([path, then]) => [path, present ? since : then] as const);
  return new Map([...fresh, ...before.filter(([path]) => !site.has(path))]);
}

/** The folder at the top that a path lies in; nothing where it lies in none. */
export const toTop = (path: string) => path.slice(0, path.indexOf('/') + 1);

/** Files in the site's own folders of which no manifest knows: what a publish wrote that was cut off. */
function listStrays(site: Situation['site'], published: Manifest | undefined, present: Situation['present']): string[] {
  if (present === undefined) return [];
  const own = new Set([...site.keys(), ...(published?.files.keys() ?? [])].map(toTop).filter((top) => top !== ''));
  return listForeign(present.keys()).filter((path) => own.has(toTop(path)));
}

/** The keys that belong neither to publishing itself nor to another portal below this one. */
export function listForeign(keys: Iterable<string>): string[] {
  const all = [...keys];
  const portals = all.flatMap((key) => {
    const at = key.indexOf(`/${ownFolder}`);
    return at < 0 ? [] : [key.slice(0, at + 1)];
  });
  const others = [...new Set(portals)];
  return all.filter((key) => !key.startsWith(ownFolder) && !others.some((portal) => key.startsWith(portal)));
}

/** The folders that a path lies in: `a/` and `a/b/` of `a/b/c`. */
function listAncestors(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}

function listObstacles(gone: readonly string[], site: Situation['site']): string[] {
  if (gone.length === 0) return [];
  const folders = new Set([...site.keys()].flatMap(listAncestors));
  return gone.filter((path) => folders.has(path) || listAncestors(path).some((folder) => site.has(folder)));
}

/** What is gone for long enough, in the order of removal: pages first, so that none is left without what it refers to. */
export function listOver(
  gone: ReadonlyMap<string, string>,
  { now, grace }: Pick<Situation, 'now' | 'grace'>,
): string[] {
  const over = [...gone].filter(([, since]) => Date.parse(since) + grace <= now).map(([path]) => path);
  const isPage = (path: string) => path.endsWith('.html');
  return [...over.filter(isPage).toSorted(), ...over.filter((path) => !isPage(path)).toSorted()];
}

/** Whether there is anything to do at all. */
export function isEmpty({ obstacles, steps, removals }: Plan): boolean {
  return obstacles.length + removals.length === 0 && steps.every(({ files }) => files.length === 0);
}
