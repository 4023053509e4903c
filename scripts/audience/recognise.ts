import type { Repository } from '#model/catalog.ts';
import { hiddenWords } from '#model/hidden.ts';
import { toDecoded } from '#model/paths.ts';
import { formatRef, parseRef, type RefText, toRef } from '#model/ref.ts';

/** What is left out, and what is not. */
export type Divided = {
  hiddenRefs: ReadonlySet<RefText>;
  shownRefs: ReadonlySet<RefText>;
  /** Every repository that is known, and the ids of those that anybody may be led to. */
  repositories: readonly Repository[];
  open: ReadonlySet<string>;
};

/** Finds in texts what names something hidden. */
export type Recogniser = {
  /** Whether a reference leads to something hidden, or to nothing and would name it: kinds are easily mistaken. */
  isHiddenRef: (ref: RefText) => boolean;
  /** Whether a value of a file is or holds the reference or the address of something hidden. */
  isHidden: (text: string, repository: string) => boolean;
  /** A sentence of a repository without the names of what is hidden. */
  redact: (text: string, repository: string) => string;
};

const toSlug = (path: string) => path.toLowerCase().split('/').filter(Boolean).slice(-2).join('/');

/** `owner/name` of a repository, from its address and from its id. */
function listSlugs({ id, url }: Repository): string[] {
  const paths = [id, ...(url === undefined ? [] : [new URL(url).pathname])];
  return paths.map(toSlug).filter((slug) => slug.includes('/'));
}

/** Makes it from what is left out. A name that something visible has too tells nothing, and stays. */
export function createRecogniser({ hiddenRefs, shownRefs, repositories, open }: Divided): Recogniser {
  const closed = repositories.filter(({ id }) => !open.has(id));
  const shown = repositories.filter(({ id }) => open.has(id));
  const openSlugs = new Set(shown.flatMap(listSlugs));
  const openNames = new Set(shown.map(({ id }) => id.toLowerCase()));
  const slugs = new Map(closed.flatMap((each) => listSlugs(each).map((slug) => [slug, each.id] as const)));
  for (const slug of openSlugs) slugs.delete(slug);
  const bare = closed.filter(({ id, url }) => url === undefined && !id.includes('/'));
  const bareNames = new Map(bare.map(({ id }) => [id.toLowerCase(), id]));
  const folders = new Map(closed.map(({ id }) => [id.toLowerCase().slice(id.lastIndexOf('/') + 1), id]));
  const shownNames = new Set([...shownRefs].map((ref) => toRef(ref).name));
  const words = new Set([...hiddenRefs].map((ref) => toRef(ref).name).filter((name) => !shownNames.has(name)));
  const ids = new Map(closed.map(({ id }) => [id.toLowerCase(), id]));
  for (const name of openNames) ids.delete(name);

  const isHiddenRef = (ref: RefText) => hiddenRefs.has(ref) || (!shownRefs.has(ref) && words.has(toRef(ref).name));
  const isHiddenRefText = (text: string) => {
    const { value } = /^[^\s:/]+:[^\s:]+$/.test(text) ? parseRef(text) : {};
    return value !== undefined && isHiddenRef(formatRef(value));
  };
  const isHiddenPath = (text: string, repository: string) => {
    const isHiddenId = (id: string | undefined) => id !== undefined && id !== repository;
    const isAddress = text.includes('://') || /^[\w.-]+\/[\w.-]+$/.test(text) || /^[\w.-]+@[\w.-]+:/.test(text);
    return listPaths(text).some((parts) =>
      parts.some((part, at) => {
        const name = part.replace(/\.git$/, '');
        if (isAddress && isHiddenId(bareNames.get(name))) return true;
        // A way out of the repository leads to its neighbours.
        if (parts[0] === '..' && isHiddenId(folders.get(name))) return true;
        if (at > 0 && isHiddenId(slugs.get(`${parts[at - 1]}/${name}`))) return true;
        // `/catalog/<namespace>/<kind>/<name>/`, wherever the portal is.
        return at > 1 && hiddenRefs.has(`${parts[at - 1]}:${parts[at - 2]}/${part}`);
      }),
    );
  };
  const isHiddenToken = (token: string, repository: string) =>
    isHiddenRefText(token) || isHiddenPath(token, repository);
  const isHiddenName = (quoted: string, repository: string) => {
    const name = quoted.toLowerCase();
    const id = ids.get(name);
    if (words.has(name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('/')) + 1))) return true;
    return id !== undefined && id !== repository;
  };
  // A long value is cut in a sentence, perhaps in the middle of a name.
  const isHiddenStart = (quoted: string) => {
    if (!quoted.endsWith('…')) return false;
    const start = quoted.slice(0, -1).toLowerCase();
    return [...slugs.keys(), ...hiddenRefs].some((whole) => {
      const from = start.lastIndexOf(whole.slice(0, whole.indexOf('/') + 1));
      return from >= 0 && whole.startsWith(start.slice(from));
    });
  };
  const redact = (text: string, repository: string) =>
    text
      .replace(/`([^`]*)`/g, (all, quoted: string) =>
        isHiddenName(quoted, repository) || isHiddenStart(quoted) ? `\`${hiddenWords}\`` : all,
      )
      .replace(/[^\s`"'(),;<>]+/g, (token) =>
        isHiddenToken(token.replace(/[.:]+$/, ''), repository) ? hiddenWords : token,
      );
  return {
    isHiddenRef,
    redact,
    isHidden: (text, repository) => {
      const bareText = text.trim().replace(/^(?:url|dir|file):\s*/, '');
      return isHiddenRefText(bareText) || isHiddenPath(bareText, repository);
    },
  };
}

/** The paths in a text, each as its parts in lower case. */
function listPaths(text: string): string[][] {
  const paths =
    toDecoded(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}_.~-]+(?:\/+[\p{L}\p{N}_.~-]+)*/gu) ?? [];
  return paths.map((path) => path.split(/\/+/));
}
