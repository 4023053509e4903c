import { PortalError } from '../portal-error.ts';
import type { ListedFile, Store } from '../ports.ts';
import { ownHeaders } from './headers.ts';
import {
  type FileList,
  formatManifest,
  type Location,
  type Manifest,
  manifestKey,
  parseFileList,
  parseManifest,
} from './manifest.ts';
import { PublishRefusal } from './refusal.ts';
import type { PublishTools } from './tools.ts';

/** More than the list of a million files. */
const longestList = 512 * 1024 * 1024;

type Unzip = Pick<PublishTools, 'unzip'>;

/** What a store says is published; `tag` is what it is written over by. */
export type KeptManifest = { manifest: Manifest | undefined; tag: string | undefined; fault?: string };

/** Reads what is published now; a manifest that cannot be understood has a fault. */
export async function fetchManifest(store: Store, { unzip }: Unzip): Promise<KeptManifest> {
  const found = await store.fetchFile(manifestKey);
  if (found === undefined) return { manifest: undefined, tag: undefined };
  const text = await unzip(found.bytes, longestList).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
  const parsed = parseManifest(text);
  if (parsed.fault !== undefined) return { manifest: undefined, tag: found.tag, fault: parsed.fault };
  return { manifest: parsed.value, tag: found.tag };
}

/** Why a place cannot be published to as it is. */
export const toFault = (name: string, fault: string) =>
  new PortalError(`${manifestKey} in ${name} cannot be understood: ${fault}.`, {
    hint: 'Publish with --verify: it looks at what is there and writes the file anew. Earlier releases are forgotten then.',
  });

/** Makes a manifest what is published, over the one that was read; refuses where there is another one by now. */
export async function writeManifest(
  store: Store,
  manifest: Manifest,
  tag: string | undefined,
  { zip }: Pick<PublishTools, 'zip'>,
): Promise<void> {
  const bytes = await zip(new TextEncoder().encode(formatManifest(manifest)));
  const condition = tag === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'unchanged', tag } as const);
  const put = await store.putFile({ key: manifestKey, bytes, ...ownHeaders.bytes }, condition);
  if (put !== 'refused') return;
  // The answer to a first attempt may have got lost: then the one that is there is ours.
  const there = await store.fetchFile(manifestKey);
  if (there && isSame(there.bytes, bytes)) return;
  throw new PublishRefusal(`Somebody else published to ${store.name} in the meantime, so this release is none.`, {
    hint: 'Publish again: what is there is compared, and put right. Let one workflow publish at a time.',
  });
}

const isSame = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

/** Reads bytes out of a pack, as they were before they were packed. */
export async function fetchPacked(
  store: Store,
  { pack, offset, length, isZipped }: Location,
  limit: number,
  { unzip }: Unzip,
): Promise<Uint8Array> {
  const found =
    length === 0 ? { bytes: new Uint8Array() } : await store.fetchFile(pack, { from: offset, bytes: length });
  if (found?.bytes.length !== length)
    throw new PortalError(`${pack} in ${store.name} is not there, or not whole.`, {
      hint: 'Choose another release: `portolan rollback --list` names them.',
    });
  if (!isZipped) return found.bytes;
  return unzip(found.bytes, Math.min(limit, longestList)).catch(() => {
    throw toSpoilt(store, pack);
  });
}

/** Bytes of a pack are others than a release says. */
export const toSpoilt = ({ name }: Store, pack: string) =>
  new PortalError(`${pack} in ${name} is not what the release says that it holds.`, {
    hint: 'Somebody changed it, or it was damaged. Choose another release: `portolan rollback --list` names them.',
  });

/** Reads which files a release consists of. */
export async function fetchFileList(store: Store, list: Location, tools: Unzip): Promise<FileList> {
  const bytes = await fetchPacked(store, list, longestList, tools);
  const parsed = parseFileList(new TextDecoder().decode(bytes));
  if (parsed.fault === undefined) return parsed.value;
  throw new PortalError(`The list of files in ${list.pack} of ${store.name} cannot be understood: ${parsed.fault}.`, {
    hint: 'Choose another release: `portolan rollback --list` names them.',
  });
}

/** Everything that a place holds, by key. */
export async function listPresent(store: Store): Promise<Map<string, ListedFile>> {
  const present = new Map<string, ListedFile>();
  for await (const file of store.listFiles('')) present.set(file.key, file);
  return present;
}
