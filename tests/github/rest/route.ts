import type { Context } from '../context.ts';
import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';

/** What a route is handed: the parts of the path that its braces name, and the words after `?`. */
export type Asked = { words: Record<string, string>; query: URLSearchParams; call: Call; context: Context };

/** One address of the REST API. */
export type Route = {
  method: 'GET' | 'POST';
  /** As GitHub's OpenAPI writes it: `/repos/{owner}/{repo}`. */
  path: string;
  /** The answer is taken from the hour's budget unless this says otherwise. */
  isFree?: boolean;
  answer: (asked: Asked) => Answer | Promise<Answer>;
};

/** How logs and faults name a route. */
export const toOperation = ({ method, path }: Route): string => `${method} ${path}`;

/** The route of a request and the words of its path; `{path}` takes all that follows, also nothing, and `{ref}` too. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; words: Record<string, string> } | undefined {
  for (const route of routes) {
    const found = route.method === method.replace('HEAD', 'GET') ? toPattern(route.path).exec(path) : null;
    if (found) return { route, words: toWords(found.groups ?? {}) };
  }
  return undefined;
}

const toPattern = (path: string) =>
  new RegExp(
    `^${path
      .replace('/{path}', '(?:/(?<path>.*))?')
      .replace('{ref}', '(?<ref>.+)')
      .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
  );

const toWords = (groups: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(groups).map(([word, value = '']) => [word, decodeURIComponent(value)]));
