import type { RefText } from '#model/ref.ts';

/** An entity whose page was read in this browser. */
export type Visit = { ref: RefText; label: string };

const keys = { starred: 'portolan:starred', me: 'portolan:me', recent: 'portolan:recent', scheme: 'scheme' };
const refForm = /^[a-z0-9]+:[\w.-]+\/[\w.-]+$/i;
const recentLimit = 8;
const starredLimit = 500;

const isRef = (value: unknown): value is RefText => typeof value === 'string' && refForm.test(value);

const isVisit = (value: unknown): value is Visit =>
  value !== null &&
  typeof value === 'object' &&
  'ref' in value &&
  'label' in value &&
  isRef(value.ref) &&
  typeof value.label === 'string';

// A browser may deny storage altogether, and then even naming it throws.
function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Denied or full: what cannot be remembered is forgotten.
  }
}

function readList<Value>(key: string, isValue: (value: unknown) => value is Value): Value[] {
  try {
    const values: unknown = JSON.parse(read(key) ?? '[]');
    return Array.isArray(values) ? values.filter(isValue) : [];
  } catch {
    return [];
  }
}

/** The refs that this browser has starred, the latest first; empty when nothing can be remembered. */
export function readStarred(): RefText[] {
  return [...new Set(readList(keys.starred, isRef))];
}

/** Stars an entity or takes its star away, and answers whether it is starred now. */
export function toggleStarred(ref: RefText): boolean {
  const starred = readStarred();
  const isStarred = starred.includes(ref);
  const next = isStarred ? starred.filter((each) => each !== ref) : [ref, ...starred].slice(0, starredLimit);
  write(keys.starred, JSON.stringify(next));
  return readStarred().includes(ref);
}

/** Who the reader said they are, a `user:` ref. */
export function readMe(): RefText | undefined {
  const me = read(keys.me);
  return isRef(me) ? me : undefined;
}

/** Remembers who the reader is; without a ref, forgets it. */
export function writeMe(ref: RefText | undefined): void {
  write(keys.me, ref);
}

/** The entities whose pages were read last, the latest first, at most eight. */
export function readRecent(): Visit[] {
  return readList(keys.recent, isVisit).slice(0, recentLimit);
}

/** Remembers that an entity's page was read. */
export function addRecent(visit: Visit): void {
  const others = readRecent().filter(({ ref }) => ref !== visit.ref);
  write(keys.recent, JSON.stringify([visit, ...others].slice(0, recentLimit)));
}

/** Remembers the colour scheme that the reader chose. */
export function writeScheme(scheme: 'light' | 'dark'): void {
  write(keys.scheme, scheme);
}
