import { splitFrontMatter } from '../yaml.ts';
import type { NavContext } from './define.ts';
import { toNameTitle } from './entries.ts';
import { nameOf } from './folder.ts';

export type Compare = (one: string, other: string) => number;

/** Compares letter by letter. */
export const compareText: Compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** Compares with numbers by their size, so that 2 stands before 10. */
export const compareNatural: Compare = (one, other) => {
  const [a, b] = [one.split(/(\d+)/), other.split(/(\d+)/)];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [left = '', right = ''] = [a[at], b[at]];
    const order = at % 2 === 1 ? Number(left) - Number(right) : compareText(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length || compareText(one, other);
};

/** What a page is called before it is rendered: its own title, its first heading, or its name. */
export function findPageTitle(path: string, { readText }: NavContext): string {
  const { meta, body } = splitFrontMatter(readText(path) ?? '');
  if (typeof meta.title === 'string') return meta.title;
  const heading = /^# +(.+?)[ \t#]*$/m.exec(body)?.[1];
  return heading ?? toNameTitle(nameOf(path).replace(/\.[^.]+$/, ''));
}
