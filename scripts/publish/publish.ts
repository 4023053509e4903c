import type { ListedFile, Store } from '../ports.ts';
import { findClaimState } from './claim.ts';
import { holdPlace } from './hold.ts';
import { fetchManifest, type KeptManifest, listPresent, toFault, writeManifest } from './keeping.ts';
import {
  formatFileList,
  type Location,
  type Manifest,
  packFolder,
  type Release,
  type ReleasedFile,
} from './manifest.ts';
import type { Meter } from './meter.ts';
import { createPacker, type Packer } from './pack.ts';
import { isEmpty, listForeign, type Plan, planPublish, type SourceFile } from './plan.ts';
import { PublishRefusal } from './refusal.ts';
import type { PublishTools } from './tools.ts';
import { toInterruption, uploadAll } from './upload.ts';

/** What is to be published: files by path, and what the catalog in them holds, by repository. */
export type Source = {
  files: ReadonlyMap<string, SourceFile>;
  entities: Readonly<Record<string, number>>;
  read: (path: string) => Promise<Uint8Array>;
};

export type PublishOptions = {
  /** For how many milliseconds files stay that are gone from the site. */
  grace: number;
  /** How many releases can be put back. */
  keep: number;
  /** How many files are written at a time. */
  parallel: number;
  /** When the whole of it may be removed: a preview. */
  expires?: number;
  /** Publishes over what something else put there. */
  adopts: boolean;
  /** Looks at what is there in place of believing the manifest. */
  verifies: boolean;
  /** Keeps nothing but this release: no file that is gone, no release before, and no pack that holds anything of them. */
  forgets?: boolean;
};

/** Answers what is to be published in place of what is published now; throws where that must not be. */
export type FindSource = (published: Manifest | undefined, store: Store) => Promise<Source>;

/** What came of it. */
export type Outcome = {
  release: Release;
  /** The content is another than before. */
  isNew: boolean;
  /** Somebody before did not finish, and this went on from there. */
  isResumed: boolean;
  written: number;
  removed: number;
  gone: number;
  /** Packs of releases before that were removed, where they had to be. */
  forgotten?: number;
  meter: Meter;
};

/** What is there, and whether it can be believed. */
type Place = KeptManifest & { present: ReadonlyMap<string, ListedFile> | undefined };

/**
 * Makes a site what is published at a place, and nothing in between visible that would be broken: files before what
 * refers to them, the manifest last and only over the one that was read.
 */
export async function publish(
  place: Store,
  findSource: FindSource,
  wanted: PublishOptions,
  tools: PublishTools,
): Promise<Outcome> {
  const options = toWhole(wanted);
  return holdPlace(place, tools, { putsRight: true }, async ({ store, meter, isTakenOver }) => {
    const found = await look(store, options, tools, isTakenOver ? 'over' : undefined);
    const source = await findSource(found.manifest, store);
    const plan = planPublish({ ...toSituation(source, found, place, options), now: tools.now() });
    const done = await carryOut(plan, { source, found, store, options, tools });
    return { ...done, isResumed: isTakenOver, meter };
  });
}

/** Decides what publishing would do, without a claim, and without writing anything. */
export async function planOnly(
  place: Store,
  findSource: FindSource,
  wanted: PublishOptions,
  tools: PublishTools,
): Promise<{ plan: Plan; isClaimed: boolean }> {
  const options = toWhole(wanted);
  const state = await findClaimState(place, tools.now());
  const found = await look(place, options, tools, state);
  const source = await findSource(found.manifest, place);
  const plan = planPublish({ ...toSituation(source, found, place, options), now: tools.now() });
  return { plan, isClaimed: state === 'held' };
}

/** Whoever forgets looks at what is really there, and keeps nothing else, whatever is usual. */
const toWhole = (options: PublishOptions): PublishOptions =>
  options.forgets ? { ...options, grace: 0, keep: 1, verifies: true } : options;

function toSituation(source: Source, { manifest, present }: Place, { isPlain }: Store, options: PublishOptions) {
  const { grace, forgets = false } = options;
  return { site: source.files, published: manifest, present, isPlain: isPlain === true, grace, forgets };
}

/** Reads what is published, and lists what is really there where that need not be the same. */
async function look(
  store: Store,
  { adopts, verifies }: PublishOptions,
  tools: PublishTools,
  claim: 'held' | 'over' | undefined,
): Promise<Place> {
  const kept = await fetchManifest(store, tools);
  if (kept.fault !== undefined && !verifies) throw toFault(store.name, kept.fault);
  if (claim === 'over' || verifies) return { ...kept, present: await listPresent(store) };
  if (kept.manifest) return { ...kept, present: undefined };
  const present = await listPresent(store);
  const foreign = listForeign(present.keys());
  if (foreign.length > 0 && !adopts && claim === undefined) throw toForeign(store, foreign);
  // What others wrote has headers of theirs, so nothing of it is taken to be right.
  return { ...kept, present: new Map([...present].map(([key, { md5: _md5, ...file }]) => [key, file])) };
}

const toForeign = ({ name }: Store, [first = '', ...others]: readonly string[]) =>
  new PublishRefusal(
    `${name} is not empty, and Portolan did not fill it: \`${first}\`${others.length > 0 ? ` and ${others.length} more` : ''}.`,
    { hint: 'Name an empty place. If the site is to take the place of what is there, publish once with --adopt.' },
  );

type Work = { source: Source; found: Place; store: Store; options: PublishOptions; tools: PublishTools };

async function carryOut(plan: Plan, work: Work): Promise<Omit<Outcome, 'isResumed' | 'meter'>> {
  const { source, found, store, options, tools } = work;
  const { manifest, tag } = found;
  const id = toReleaseId(source, tools);
  const current = manifest?.releases[0];
  const number = (current?.number ?? 0) + 1;
  const packer = createPacker(store.putFile, `${String(number).padStart(6, '0')}-${tools.token.slice(0, 12)}`);
  await store.removeFiles(plan.obstacles);
  const { files, written } = await uploadSteps(plan, packer, work);
  // A release that is kept would keep the list in its pack.
  const isNew = options.forgets === true || current?.id !== id;
  const list = { files, entities: source.entities };
  const release =
    current && !isNew
      ? current
      : {
          number,
          id,
          at: new Date(tools.now()).toISOString(),
          by: tools.version,
          ...(await packList(list, packer, tools)),
        };
  await packer.finish();
  if (tools.signal.aborted) throw toInterruption();
  await store.removeFiles(plan.removals);
  const fresh = [...plan.gone.keys()].filter((path) => !manifest?.gone.has(path)).length;
  const counts = { written, removed: plan.removals.length + plan.obstacles.length, gone: fresh };
  const full = { ...release, ...(isNew && { changed: countChanged(source, manifest) }) };
  const releases = isNew ? [full, ...(manifest?.releases ?? [])].slice(0, options.keep) : (manifest?.releases ?? []);
  const expires = options.expires === undefined ? undefined : new Date(options.expires).toISOString();
  const next = { ...list, gone: plan.gone, releases, ...(expires !== undefined && { expires }) };
  const isSame = manifest && !isNew && isEmpty(plan) && fresh === 0 && manifest.expires === expires;
  if (!isSame) await writeManifest(store, next, tag, tools);
  const forgotten = options.forgets ? await forgetPacks(full, store) : undefined;
  return { release: full, isNew, ...counts, ...(forgotten !== undefined && { forgotten }) };
}

/** Removes the packs that a release does not need; answers how many. */
async function forgetPacks({ packs }: Release, store: Store): Promise<number> {
  const over: string[] = [];
  for await (const { key } of store.listFiles(packFolder)) if (!packs.includes(key)) over.push(key);
  await store.removeFiles(over);
  return over.length;
}

async function uploadSteps({ steps, kept }: Plan, packer: Packer, { source, store, options, tools }: Work) {
  const files = new Map(kept);
  const total = steps.reduce((sum, step) => sum + step.files.length, 0);
  let [done, written] = [0, 0];
  const met = (_file: ReleasedFile, isWritten: boolean) => {
    done += 1;
    if (isWritten) written += 1;
    tools.tell(`${done} of ${total} files`);
  };
  const uploading = { store, packer, read: source.read, parallel: options.parallel, tools, met };
  for (const step of steps) for (const [path, file] of await uploadAll(step.files, uploading)) files.set(path, file);
  return { files, written };
}

/** Puts the list of a release's files into its pack, behind their bytes. */
async function packList(
  list: Pick<Manifest, 'files' | 'entities'>,
  packer: Packer,
  { zip }: PublishTools,
): Promise<{ list: Location; packs: string[]; files: number; changed: number }> {
  const bytes = await zip(new TextEncoder().encode(formatFileList(list)));
  const location = await packer.add(bytes, true);
  const packs = new Set([...list.files.values()].map((file) => file.location.pack).concat(location.pack));
  return { list: location, packs: [...packs].toSorted(), files: list.files.size, changed: 0 };
}

/** What identifies a release: all its paths and contents. */
function toReleaseId({ files }: Source, { digest }: PublishTools): string {
  const rows = [...files].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return digest(rows.map(([path, file]) => `${file.digest} ${path}\n`).join('')).slice(0, 12);
}

function countChanged({ files }: Source, before: Manifest | undefined): number {
  return [...files].filter(([path, { digest }]) => before?.files.get(path)?.digest !== digest).length;
}
