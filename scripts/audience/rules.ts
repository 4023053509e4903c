import picomatch from 'picomatch';
import type { Repository, Visibility } from '#model/catalog.ts';
import { formatRef, parseRef, type RefText } from '#model/ref.ts';

/** Who a portal is for, as its operator says it in `portal.audience`. */
export type Audience = {
  visibility?: readonly Visibility[] | undefined;
  allow?: Readers | undefined;
  deny?: Readers | undefined;
};

type Readers = { repositories?: readonly string[] | undefined; owners?: readonly string[] | undefined };

/** What is asked of the rules: a repository, and groups and users who are responsible for something in it. */
export type Asked = {
  repository: Pick<Repository, 'id' | 'url' | 'visibility'>;
  /** Whether one is responsible whom the audience denies. */
  isDenied?: boolean;
  /** Whether one is responsible whom it allows. */
  isAllowed?: boolean;
};

/** Why something is left out; the words of a visibility where that is why. */
export type Reason = 'denied' | 'not-allowed' | 'unknown' | Visibility;

export type Rules = {
  /** Why something is left out, or nothing where it is shown. */
  findReason: (asked: Asked) => Reason | undefined;
  denied: ReadonlySet<RefText>;
  allowed: ReadonlySet<RefText>;
};

const all: readonly Visibility[] = ['public', 'internal', 'private'];

/** Whether everybody may see everything. */
export const isForAll = ({ visibility, allow, deny }: Audience): boolean =>
  allow === undefined &&
  deny === undefined &&
  (visibility === undefined || all.every((each) => visibility.includes(each)));

/**
 * The rules of an audience. What is denied is left out, whatever else is said; then what is allowed is shown; then the
 * visibility of the repository decides. Where something is allowed and no visibility is named, nothing else is shown.
 */
export function createRules({ visibility, allow, deny }: Audience): Rules {
  const shown = visibility ?? (allow === undefined ? all : []);
  const isDenied = toMatcher(deny?.repositories);
  const isAllowed = toMatcher(allow?.repositories);
  return {
    denied: new Set(deny?.owners?.map(toOwnerRef)),
    allowed: new Set(allow?.owners?.map(toOwnerRef)),
    findReason: ({ repository, ...owners }) => {
      if (owners.isDenied || isDenied(repository)) return 'denied';
      if (owners.isAllowed || isAllowed(repository)) return undefined;
      if (all.every((each) => shown.includes(each))) return undefined;
      if (visibility === undefined) return 'not-allowed';
      if (repository.visibility === undefined) return 'unknown';
      return shown.includes(repository.visibility) ? undefined : repository.visibility;
    },
  };
}

/** The group or user that an owner's name means; the settings have refused what means none. */
export function toOwnerRef(written: string): RefText {
  const { value } = parseRef(written, { kind: 'group' });
  return value ? formatRef(value) : written.toLowerCase();
}

/** Everything that a repository is called: its id, its path at its forge, and its bare name. */
function listNames({ id, url }: Asked['repository']): string[] {
  const paths = [id, ...(url === undefined ? [] : [new URL(url).pathname.slice(1)])];
  return [...new Set([...paths, ...paths.map((path) => path.slice(path.lastIndexOf('/') + 1))])];
}

/** Matches repositories by globs, whatever their case; a glob without a slash is about the bare name. */
export function toMatcher(globs: readonly string[] = []): (repository: Asked['repository']) => boolean {
  if (globs.length === 0) return () => false;
  const matches = picomatch([...globs], { nocase: true, dot: true, nonegate: true, noextglob: true });
  return (repository) => listNames(repository).some((name) => matches(name));
}
