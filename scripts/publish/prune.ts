import { PortalError } from '../portal-error.ts';
import type { Store } from '../ports.ts';
import { findClaimState } from './claim.ts';
import { holdPlace } from './hold.ts';
import { fetchManifest, listPresent, toFault, writeManifest } from './keeping.ts';
import { claimKey, type Manifest, manifestKey, ownFolder, packFolder } from './manifest.ts';
import { toStoreBelow } from './meter.ts';
import { listForeign, listOver, toTop } from './plan.ts';
import { PublishRefusal } from './refusal.ts';
import type { PublishTools } from './tools.ts';

export type PruneOptions = { keep: number; grace: number; isDry: boolean };

/** What is removed of one portal. */
export type Pruned = {
  /** As its store is named. */
  name: string;
  /** The whole of it, because its time was over. */
  isWhole: boolean;
  files: string[];
  packs: string[];
  /** Numbers of releases that cannot be put back any more. */
  releases: number[];
  /** Somebody publishes to it just now, or was cut off, so it was left alone. */
  isHeld?: true;
};

/** Removes what is not needed at a place and below it: files after their grace, releases beyond those kept, previews whose time is over. */
export async function prune(place: Store, options: PruneOptions, tools: PublishTools): Promise<Pruned[]> {
  const { manifest, fault } = await fetchManifest(place, tools);
  if (fault !== undefined) throw toFault(place.name, fault);
  if (manifest && isExpired(manifest, tools.now())) return [await removePortal(place, options, tools)];
  const own = manifest ? [await tidy(place, manifest, options, tools)] : [];
  const ownTops = new Set([...(manifest?.files.keys() ?? [])].map((path) => path.split('/', 1)[0] ?? ''));
  const previews: Pruned[] = [];
  for await (const preview of listExpired(place, tools, ownTops))
    previews.push(await removePortal(preview, options, tools));
  if (manifest === undefined && previews.length === 0 && (await isBare(place)))
    throw new PortalError(`${place.name} is empty.`, { hint: 'Is it the right place?' });
  return [...own, ...previews].filter(({ isWhole, isHeld, files, packs, releases }) =>
    [isWhole, isHeld, files.length > 0, packs.length > 0, releases.length > 0].some(Boolean),
  );
}

const isExpired = ({ expires }: Manifest, now: number) => expires !== undefined && Date.parse(expires) <= now;

async function isBare(place: Store): Promise<boolean> {
  for await (const _file of place.listFiles('')) return false;
  return true;
}

/** How many folders deep below a place previews are looked for. */
const deepest = 3;

/** The portals below a place whose time is over. The site's own folders hold none. */
async function* listExpired(
  place: Store,
  tools: PublishTools,
  skipped: ReadonlySet<string>,
  folder = '',
  depth = 1,
): AsyncIterable<Store> {
  for (const name of (await place.listFolders(folder)).toSorted()) {
    if (`${name}/` === ownFolder || (depth === 1 && skipped.has(name))) continue;
    const below = `${folder}${name}/`;
    const store = toStoreBelow(place, below);
    const { manifest, tag } = await fetchManifest(store, tools);
    if (manifest && isExpired(manifest, tools.now())) yield store;
    else if (tag === undefined && depth < deepest) yield* listExpired(place, tools, skipped, below, depth + 1);
  }
}

/** What of all keys is a portal's own: no other portal below it, and nothing that others put beside its files and folders. */
function listOwn({ files, gone }: Manifest, keys: readonly string[]): string[] {
  const known = [...files.keys(), ...gone.keys()];
  const [names, tops] = [new Set(known), new Set(known.map(toTop).filter((top) => top !== ''))];
  const isOwn = (key: string) => names.has(key) || tops.has(toTop(key));
  return [...keys.filter((key) => key.startsWith(ownFolder)), ...listForeign(keys).filter(isOwn)];
}

/** Removes a whole portal, what says that it is one last, so that whoever is cut off can begin again. */
async function removePortal(store: Store, { isDry }: PruneOptions, tools: PublishTools): Promise<Pruned> {
  const remove = async (from: Store) => {
    const { manifest } = await fetchManifest(from, tools);
    const isOver = manifest !== undefined && isExpired(manifest, tools.now());
    const keys = isOver ? listOwn(manifest, [...(await listPresent(from)).keys()]).toSorted() : [];
    const files = keys.filter((key) => key !== manifestKey && key !== claimKey);
    if (!isDry) await from.removeFiles(files);
    if (!isDry && keys.length > 0) await from.removeFiles([manifestKey]);
    return { name: store.name, isWhole: true, files, packs: [], releases: [] };
  };
  return isDry
    ? remove(store)
    : whereFree(store, () => holdPlace(store, tools, { putsRight: true }, (held) => remove(held.store)));
}

/** What somebody else works at is left for the next time. */
async function whereFree(store: Store, work: () => Promise<Pruned>): Promise<Pruned> {
  return work().catch((error: unknown) => {
    if (!(error instanceof PublishRefusal)) throw error;
    return toHeld(store);
  });
}

const toHeld = ({ name }: Store): Pruned => ({
  ...{ name, isWhole: false, files: [], packs: [], releases: [] },
  isHeld: true,
});

/** What goes of a portal that stays. */
function planPrune(
  manifest: Manifest,
  packs: readonly string[],
  { keep, grace, now }: { keep: number; grace: number; now: number },
): { files: string[]; packs: string[]; releases: number[]; next: Manifest } {
  const files = listOver(manifest.gone, { now, grace });
  const over = new Set(files);
  const gone = new Map([...manifest.gone].filter(([path]) => !over.has(path)));
  const next = { ...manifest, gone, releases: manifest.releases.slice(0, keep) };
  const needed = new Set([
    ...next.releases.flatMap((release) => release.packs),
    ...[...next.files.values()].map(({ location }) => location.pack),
  ]);
  return {
    files,
    packs: packs.filter((pack) => !needed.has(pack)).toSorted(),
    releases: manifest.releases.slice(keep).map(({ number }) => number),
    next,
  };
}

async function tidy(place: Store, seen: Manifest, options: PruneOptions, tools: PublishTools): Promise<Pruned> {
  const plan = async (store: Store, manifest: Manifest) => {
    const packs: string[] = [];
    for await (const { key } of store.listFiles(packFolder)) packs.push(key);
    return planPrune(manifest, packs, { ...options, now: tools.now() });
  };
  const toPruned = ({ files, packs, releases }: ReturnType<typeof planPrune>): Pruned => ({
    ...{ name: place.name, isWhole: false, files, packs, releases },
  });
  const before = toPruned(await plan(place, seen));
  const isNothing = before.files.length + before.packs.length + before.releases.length === 0;
  if (isNothing) return before;
  if (options.isDry) return (await findClaimState(place, tools.now())) === undefined ? before : toHeld(place);
  return whereFree(place, () =>
    holdPlace(place, tools, { putsRight: false }, async ({ store, isTakenOver }) => {
      // What a publish wrote that was cut off may need what the manifest says is gone.
      if (isTakenOver) return toHeld(place);
      const { manifest, tag } = await fetchManifest(store, tools);
      if (manifest === undefined) return toPruned({ ...before, next: seen });
      const planned = await plan(store, manifest);
      await store.removeFiles(planned.files);
      if (planned.files.length + planned.releases.length > 0) await writeManifest(store, planned.next, tag, tools);
      await store.removeFiles(planned.packs);
      return toPruned(planned);
    }),
  );
}
