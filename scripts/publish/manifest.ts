import { z } from 'zod';
import { isStoreKey } from '#model/store-keys.ts';
import type { Headers } from './headers.ts';

/** The folder of what publishing keeps for itself, below the place that is published to. */
export const ownFolder = '_portolan/';
export const manifestKey = `${ownFolder}manifest.json`;
export const claimKey = `${ownFolder}claim.json`;
export const packFolder = `${ownFolder}packs/`;

/** Where bytes lie in a pack, and whether they are compressed there. */
export type Location = { pack: string; offset: number; length: number; isZipped: boolean };

/** A file of a release: its content, how it is kept, and where its bytes can be had again. */
export type ReleasedFile = { digest: string; bytes: number; headers: Headers; md5: string; location: Location };

/** A release that can be put back: its number and id, and where the list of its files lies. */
export type Release = {
  number: number;
  /** Digest of all paths and contents: the same site has the same. */
  id: string;
  at: string;
  /** Which version of Portolan published it. */
  by: string;
  files: number;
  changed: number;
  list: Location;
  /** The packs that its files lie in. */
  packs: readonly string[];
};

/** What a release consists of. */
export type FileList = { files: ReadonlyMap<string, ReleasedFile>; entities: Readonly<Record<string, number>> };

/** What is published now. */
export type Manifest = FileList & {
  /** When a preview may be removed. */
  expires?: string;
  /** Files that are no longer part of the site, and since when. */
  gone: ReadonlyMap<string, string>;
  /** The releases that can be put back, newest first; the first is what is published. */
  releases: readonly Release[];
};

const count = z.int().nonnegative();
const key = z.string().refine(isStoreKey, { message: 'is no key' });
const packName = key.refine((name) => name.startsWith(packFolder), { message: 'is no pack' });
const moment = z.iso.datetime();
const digest = z.string().regex(/^[\w-]{43}$/);
const md5 = z.string().regex(/^[0-9a-f]{32}$/);

/** Pack, offset, length, and 1 where the bytes are compressed. */
const locationSchema = z.tuple([count, count, count, z.union([z.literal(0), z.literal(1)])]);
const headersSchema = z.tuple([z.string(), z.string(), z.enum(['', 'gzip'])]);

/** Digest, bytes, headers, MD5 of what is kept, and its location. Names are written once, in the tables beside. */
const fileSchema = z.tuple([digest, count, count, md5, ...locationSchema.def.items]);

const listSchema = z.object({
  version: z.literal(1),
  entities: z.record(z.string(), count),
  headers: z.array(headersSchema),
  packs: z.array(packName),
  files: z.record(key, fileSchema),
});

const releaseSchema = z.object({
  number: z.int().positive(),
  id: z.string(),
  at: moment,
  by: z.string(),
  files: count,
  changed: count,
  list: locationSchema,
  packs: z.array(count),
});

const manifestSchema = listSchema.extend({
  expires: moment.optional(),
  gone: z.record(key, moment),
  releases: z.array(releaseSchema).min(1),
});

type WrittenList = z.infer<typeof listSchema>;

/** Numbers things by their first appearance. */
function createTable<Value>(toText: (value: Value) => string) {
  const numbers = new Map<string, number>();
  const values: Value[] = [];
  const toNumber = (value: Value): number => {
    const text = toText(value);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, values.length);
    return values.push(value) - 1;
  };
  return { values, toNumber };
}

const byPath = ([left]: [string, unknown], [right]: [string, unknown]) => (left < right ? -1 : 1);
const createPacks = () => createTable((name: string) => name);
type Packs = ReturnType<typeof createPacks>;

const toWrittenLocation = ({ pack, offset, length, isZipped }: Location, packs: Packs) =>
  [packs.toNumber(pack), offset, length, isZipped ? 1 : 0] satisfies z.infer<typeof locationSchema>;

function toWrittenList({ files, entities }: FileList, packs: Packs): WrittenList {
  const headers = createTable(({ type, cacheControl, encoding }: Headers) => `${type}\n${cacheControl}\n${encoding}`);
  const rows = [...files]
    .toSorted(byPath)
    .map(([path, file]): [string, z.infer<typeof fileSchema>] => [
      path,
      [file.digest, file.bytes, headers.toNumber(file.headers), file.md5, ...toWrittenLocation(file.location, packs)],
    ]);
  return {
    version: 1,
    entities,
    headers: headers.values.map(({ type, cacheControl, encoding }) => [type, cacheControl, encoding ?? '']),
    packs: packs.values,
    files: Object.fromEntries(rows),
  };
}

/** The list of a release's files as text, the same for the same list. */
export function formatFileList(list: FileList): string {
  return JSON.stringify(toWrittenList(list, createPacks()));
}

/** A manifest as text. */
export function formatManifest(manifest: Manifest): string {
  const { expires, gone, releases } = manifest;
  const packs = createPacks();
  const rows = releases.map((release) => ({
    ...release,
    list: toWrittenLocation(release.list, packs),
    packs: release.packs.map(packs.toNumber),
  }));
  const written: z.infer<typeof manifestSchema> = {
    ...toWrittenList(manifest, packs),
    ...(expires !== undefined && { expires }),
    gone: Object.fromEntries([...gone].toSorted(byPath)),
    releases: rows,
  };
  return JSON.stringify(written);
}

/** Reads a row of a table that a number names; a number that names none is a fault of the whole text. */
function readRow<Value>(table: readonly Value[], number: number): Value {
  const value = table[number];
  if (value === undefined) throw new RangeError(`names row ${number} of a table of ${table.length}`);
  return value;
}

const readLocation = ([pack, offset, length, zipped]: z.infer<typeof locationSchema>, packs: readonly string[]) => ({
  pack: readRow(packs, pack),
  offset,
  length,
  isZipped: zipped === 1,
});

function readList({ files, entities, headers, packs }: WrittenList): FileList {
  const known = headers.map(
    ([type, cacheControl, encoding]): Headers => ({ type, cacheControl, ...(encoding && { encoding }) }),
  );
  const rows = Object.entries(files).map(([path, row]): [string, ReleasedFile] => {
    const [digestOf, bytes, header, md5Of, ...location] = row;
    return [
      path,
      {
        digest: digestOf,
        bytes,
        headers: readRow(known, header),
        md5: md5Of,
        location: readLocation(location, packs),
      },
    ];
  });
  return { files: new Map(rows), entities };
}

type Parsed<Value> = { value: Value; fault?: undefined } | { fault: string };

function parseWith<Written, Value>(
  text: string,
  schema: z.ZodType<Written>,
  read: (written: Written) => Value,
): Parsed<Value> {
  try {
    return { value: read(schema.parse(JSON.parse(text))) };
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    if (issue) return { fault: `${issue.path.join(', ') || 'the whole of it'}: ${issue.message}` };
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads the list of a release's files, or says what is wrong with it. */
export function parseFileList(text: string): Parsed<FileList> {
  return parseWith(text, listSchema, readList);
}

/** Reads a manifest, or says what is wrong with it. */
export function parseManifest(text: string): Parsed<Manifest> {
  return parseWith(text, manifestSchema, (written) => ({
    ...readList(written),
    ...(written.expires !== undefined && { expires: written.expires }),
    gone: new Map(Object.entries(written.gone)),
    releases: written.releases.map((release) => ({
      ...release,
      list: readLocation(release.list, written.packs),
      packs: release.packs.map((pack) => readRow(written.packs, pack)),
    })),
  }));
}
