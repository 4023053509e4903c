import picomatch from 'picomatch';
import type { Repository, Version } from '#model/catalog.ts';

/** Which versions of docs are shown beside the one that is read by default. */
export type VersionRule = {
  /** Globs; one that begins with `!` takes names away. */
  pattern: readonly string[];
  count: number;
  type: 'tags' | 'branches';
  /** Repositories that the rule is for, by id or by `owner/name`; all of them when it is left out. */
  repositories?: readonly string[] | undefined;
  /** Only the newest of each major or minor version counts. */
  per?: 'major' | 'minor' | undefined;
};

type Ranked = { version: Version; numbers: number[]; rest: string; isRelease: boolean };

const types = { tags: 'tag', branches: 'branch' } as const;
const naturally = new Intl.Collator('en', { numeric: true });

/** The rules that are for a repository. */
export function listRulesFor({ id, url }: Repository, rules: readonly VersionRule[]): VersionRule[] {
  const names = [id, ...(url === undefined ? [] : [new URL(url).pathname.slice(1)])];
  return rules.filter(
    ({ repositories }) =>
      repositories === undefined || names.some((name) => picomatch.isMatch(name, [...repositories])),
  );
}

/** The versions that rules choose, each once, rule by rule, and within a rule in the order of versions. */
export function chooseVersions(
  versions: readonly Version[],
  rules: readonly VersionRule[],
  branch: string | undefined,
): Version[] {
  const chosen = rules.flatMap(({ pattern, count, type, per }) => {
    const matches = toMatcher(pattern);
    const fitting = versions.filter((version) => version.type === types[type] && matches(version.name));
    const others = fitting.filter(({ name }) => type === 'tags' || name !== branch);
    const ranked = others.map(toRanked).toSorted(compareRanked);
    return (per ? onePer(ranked, per) : ranked).slice(0, count);
  });
  return [...new Set(chosen.map(({ version }) => version))];
}

/** A pattern that begins with `!` takes names away from the others, or from all where there is no other. */
function toMatcher(patterns: readonly string[]): (name: string) => boolean {
  const [ignore = [], taken = ['**']] = [true, false].map((isTaken) => {
    const own = patterns.filter((pattern) => pattern.startsWith('!') === isTaken);
    return own.length === 0 ? undefined : own.map((pattern) => pattern.replace(/^!/, ''));
  });
  return picomatch(taken, { noextglob: true, ignore });
}

function onePer(ranked: readonly Ranked[], per: 'major' | 'minor'): Ranked[] {
  const length = per === 'major' ? 1 : 2;
  const byLine = Map.groupBy(ranked, ({ numbers, rest }) =>
    numbers.length === 0 ? rest : numbers.slice(0, length).join('.'),
  );
  return [...byLine.values()].flatMap(([newest]) => newest ?? []);
}

const parts = /^\D*?(?<numbers>\d+(?:\.\d+)*)(?<rest>[^+]*)/;
const final = /^(?:[.-]?(?:final|ga|lts|release|stable|post\d*|x))?$/i;

/** `release/1.10.0-rc.2` is the pre-release `-rc.2` of 1.10.0; what follows a plus does not count. */
function toRanked(version: Version): Ranked {
  const { numbers, rest } = parts.exec(version.name)?.groups ?? {};
  if (numbers === undefined) return { version, numbers: [], rest: version.name, isRelease: true };
  return {
    version,
    numbers: numbers.split('.').map(Number),
    rest: rest ?? '',
    isRelease: final.test(rest ?? ''),
  };
}

/** Newest first: releases, then names without a number in the order of the alphabet, then pre-releases. */
function compareRanked(a: Ranked, b: Ranked): number {
  if (a.isRelease !== b.isRelease) return a.isRelease ? -1 : 1;
  if (a.numbers.length === 0 || b.numbers.length === 0)
    return b.numbers.length - a.numbers.length || (a.version.name < b.version.name ? -1 : 1);
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at += 1) {
    const difference = (b.numbers[at] ?? 0) - (a.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return naturally.compare(b.rest, a.rest) || (a.version.name < b.version.name ? -1 : 1);
}

const longestSlug = 60;

/** The part of an address for each name of a version: safe in every store, and no two alike whatever the case. */
export function toSlugs(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .slice(0, longestSlug)
      .replace(/^[.-]+|[.-]+$/g, '');
    const base = plain === '' ? 'version' : plain;
    let slug = base;
    for (let count = 2; taken.has(slug.toLowerCase()); count += 1) slug = `${base}-${count}`;
    taken.add(slug.toLowerCase());
    return slug;
  });
}
