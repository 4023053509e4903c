import type { RefText } from './ref.ts';

/** Who reads, as the portal's proxy tells it: somebody of the catalog, with every group that they are in and those above. */
export type Me = {
  ref: RefText;
  title: string;
  groups: RefText[];
  /** Nobody is signed in: a demonstration is shown as this person sees it. */
  isDemo?: true;
};

const refForm = /^[a-z0-9]+:[\w.-]+\/[\w.-]+$/i;
const isRef = (text: string) => refForm.test(text);
const isText = (value: unknown): value is string => typeof value === 'string';

/** Who an answer of `/api/me` says is reading: somebody, nobody whom the catalog knows, or nothing that can be understood. */
export function parseMe(answer: unknown): Me | 'nobody' | undefined {
  if (answer === null || typeof answer !== 'object' || !('user' in answer)) return undefined;
  const { user } = answer;
  if (user === null) return 'nobody';
  if (typeof user !== 'object' || user === null || !('ref' in user) || !isText(user.ref) || !isRef(user.ref))
    return undefined;
  const title = 'title' in user && isText(user.title) ? user.title : user.ref;
  const groups = 'groups' in user && Array.isArray(user.groups) ? user.groups.filter(isText).filter(isRef) : [];
  const isDemo = 'isDemo' in answer && answer.isDemo === true;
  return { ref: user.ref, title, groups, ...(isDemo && { isDemo }) };
}

/** The owners whose things are a reader's own: the reader, and the groups that they are in. */
export const listMine = ({ ref, groups }: Me): RefText[] => [ref, ...groups];

/** The query of a list that shows what is a reader's own; whoever opens it sees the same. */
export function toMineQuery(me: Me): string {
  return `?${listMine(me)
    .map((owner) => `owner=${encodeURIComponent(owner).replaceAll('%3A', ':').replaceAll('%2F', '/')}`)
    .join('&')}`;
}

/** The first letters of a name, two at most. */
export function toInitials(title: string): string {
  const words = title.split(/[\s._-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return [first, last]
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

/** What somebody is called by those who know them. */
export const toFirstName = (title: string): string => title.split(/\s+/)[0] ?? title;
