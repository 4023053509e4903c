import { toContentType } from '#model/content-types.ts';

/** What a store is told of a file beside its bytes. */
export type Headers = { type: string; cacheControl: string; encoding?: 'gzip' };

const forGood = 'public, max-age=31536000, immutable';
const forAMinute = 'public, max-age=60, must-revalidate';
const never = 'no-store';

/** Names that change with their content, so that a browser may keep what it has of them for good. */
const hashedNames: readonly RegExp[] = [
  /^_astro\/(?:.*[.-])?[\w-]{8}\.[a-z0-9]+$/,
  /^docs-files\/[\w-]{22}(?:\.[a-z0-9]+)?$/,
  /^pagefind\/[^/]+\/(?:fragment|index|filter)\/[\w-]+_[0-9a-f]{7,}\.pf_[a-z]+$/,
  /^pagefind\/[^/]+\/pagefind\.[\w-]+_[0-9a-f]{7,}\.pf_meta$/,
];

/** Whether the name of a file says what is in it. */
export function isHashed(path: string): boolean {
  return hashedNames.some((name) => name.test(path));
}

/** Below this many bytes compressing saves nothing that a reader would notice. */
const leastCompressed = 1024;

/** Whether a file is kept compressed: text, and not a few words of it. */
export function isCompressed(path: string, bytes: number): boolean {
  return bytes >= leastCompressed && toContentType(path).isText;
}

/** The headers of a file of the site. */
export function toHeaders(path: string, bytes: number): Headers {
  const { type } = toContentType(path);
  const cacheControl = isHashed(path) ? forGood : forAMinute;
  return { type, cacheControl, ...(isCompressed(path, bytes) && { encoding: 'gzip' as const }) };
}

/** The headers of a file in a store that keeps bytes alone; whoever serves it decides. */
export const noHeaders: Headers = { type: '', cacheControl: '' };

/** The headers of what publishing keeps for itself: nobody is to remember it. */
export const ownHeaders = {
  json: { type: 'application/json', cacheControl: never },
  bytes: { type: 'application/octet-stream', cacheControl: never },
} as const;
