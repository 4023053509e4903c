import { descendants, Element } from '../core/element.ts';
import { isWordBefore } from '../core/inline/basic-emphasis.ts';
import type { InlineMatch, InlineRule } from '../core/inline-parser.ts';
import { type Options, toFlag, toText } from '../core/options.ts';
import type { Registry } from '../core/registry.ts';

type Provider = { label: string; host: string; issue: string; pull: string; discussion: string };

const providers: Readonly<Record<string, Provider>> = {
  github: { label: 'GitHub', host: 'https://github.com', issue: 'issues', pull: 'pull', discussion: 'discussions' },
  gitlab: {
    label: 'GitLab',
    host: 'https://gitlab.com',
    issue: '-/issues',
    pull: '-/merge_requests',
    discussion: '-/issues',
  },
  bitbucket: {
    label: 'Bitbucket',
    host: 'https://bitbucket.org',
    issue: 'issues',
    pull: 'pull-requests',
    discussion: 'issues',
  },
};

type Project = { provider: string; user: string; repo: string; plainMarks: boolean };

const kinds: Readonly<Record<string, { part: 'issue' | 'pull' | 'discussion'; name: string }>> = {
  '#': { part: 'issue', name: 'Issue' },
  '!': { part: 'pull', name: 'Pull Request' },
  '?': { part: 'discussion', name: 'Discussion' },
};

function link(kind: string, provider: string, href: string, title: string, text: string): Element {
  const classes = `magiclink magiclink-${provider} magiclink-${kind}`;
  return new Element('a', [
    ['class', classes],
    ['href', href],
    ['title', `${providers[provider]?.label} ${title}`],
  ]).setAtomic(text);
}

function toIssue(project: Project, mark: string, number: string, text: string): Element {
  const { host, ...parts } = providers[project.provider] ?? (providers.github as Provider); // the table has this row
  const { part, name } = kinds[mark] ?? { part: 'issue', name: 'Issue' };
  const path = `${project.user}/${project.repo}`;
  return link(part, project.provider, `${host}/${path}/${parts[part]}/${number}`, `${name}: ${path} #${number}`, text);
}

const short = /([#!?])(\d+)(?![\p{L}\p{N}_])/uy;
const full =
  /(?:@?(github|gitlab|bitbucket):)?([A-Za-z\d](?:[-A-Za-z\d_.]{0,38}))\/([-A-Za-z\d_.]{1,100}?)([#!?])(\d+)(?!\w)/y;
const mention =
  /@(?:(github|gitlab|bitbucket):)?([A-Za-z\d](?:[A-Za-z\d-]{0,38}[A-Za-z\d])?)(?:\/([-A-Za-z\d_.]{0,99}[-A-Za-z\d_]))?(?![\p{L}\p{N}_-])/uy;

function at(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

function findReference(text: string, start: number, home: Project): InlineMatch | undefined {
  const match = at(short, text, start);
  if (!match || !home.user || !home.repo) return undefined;
  return {
    start,
    end: start + match[0].length,
    node: toIssue(home, match[1] ?? '', match[2] ?? '', `${home.plainMarks ? '#' : match[1]}${match[2]}`),
  };
}

function findMention(text: string, start: number, home: Project): InlineMatch | undefined {
  const match = at(mention, text, start);
  if (!match) return undefined;
  const [all, provider = home.provider, user = '', repo] = match;
  const host = providers[provider]?.host ?? '';
  const node = repo
    ? link('repository', provider, `${host}/${user}/${repo}`, `Repository: ${user}/${repo}`, `${user}/${repo}`)
    : link('mention', provider, `${host}/${user}`, `User: ${user}`, `@${user}`);
  return { start, end: start + all.length, node };
}

function createRule(home: Project): InlineRule {
  return {
    triggers: '#!@?',
    outside: ['a'],
    find(text, start, { from }) {
      const isFree = start === 0 || (!isWordBefore(text, start) && !/[-/.&@#]/.test(text[start - 1] ?? ''));
      if (text[start] === '@') return isFree ? findMention(text, start, home) : undefined;
      if (isFree) return findReference(text, start, home);
      return findFull(text, start, from, home);
    },
  };
}

/** `user/repository#12`: the mark stands in the middle, so look back for where it begins. */
function findFull(text: string, mark: number, from: number, home: Project): InlineMatch | undefined {
  const before = /(?:^|[^\w/.@:-])((?:@?[a-z]+:)?[\w.-]+\/[\w.-]+)$/.exec(
    text.slice(Math.max(from, mark - 150), mark),
  )?.[1];
  const start = before === undefined ? -1 : mark - before.length;
  const match = start < 0 ? null : at(full, text, start);
  if (!match) return undefined;
  const [all, provider = home.provider, user = '', repo = '', sign = '', number = ''] = match;
  return {
    start,
    end: start + all.length,
    node: toIssue(
      { ...home, provider, user, repo },
      sign,
      number,
      `${user}/${repo}${home.plainMarks ? '#' : sign}${number}`,
    ),
  };
}

function readHome(options: Options): Project {
  return {
    provider: toText(options.provider, 'github'),
    user: toText(options.user, ''),
    repo: toText(options.repo, ''),
    plainMarks: toFlag(options.normalize_issue_symbols, false),
  };
}

/** Adds `#12`, `@someone` and `user/repository#12`, for trees that ask for them. */
export function addRepositoryLinks({ inline }: Registry, options: Options): void {
  if (!toFlag(options.repo_url_shorthand, false)) return;
  const home = readHome(options);
  inline.add('magic-repo', 84.8, createRule(home));
}

const address =
  /^https:\/\/(?:www\.)?(github|gitlab|bitbucket)\.(?:com|org)\/([\w.-]+)\/([\w.-]+?)(?:\/(?:-\/)?(issues|pull|merge_requests|pull-requests|commit|commits)\/(\w+))?\/?$/;

/** The short form of an address of an issue, a pull request, a commit or a repository. */
function shorten(href: string, home: Project): Element | undefined {
  const match = address.exec(href);
  if (!match) return undefined;
  const [, provider = '', user = '', repo = '', kind, value = ''] = match;
  const isHome = user === home.user && repo === home.repo;
  const path = `${user}/${repo}`;
  if (!kind) return link('repository', provider, href, `Repository: ${path}`, path);
  if (kind.startsWith('commit')) {
    if (!/^[\da-f]{40}$/.test(value)) return undefined;
    const hash = value.slice(0, 7);
    return link('commit', provider, href, `Commit: ${path}@${hash}`, isHome ? hash : `${path}@${hash}`);
  }
  if (!/^\d+$/.test(value)) return undefined;
  const mark = kind === 'issues' || home.plainMarks ? '#' : '!';
  const name = kind === 'issues' ? 'Issue' : 'Pull Request';
  return link(
    kind === 'issues' ? 'issue' : 'pull',
    provider,
    href,
    `${name}: ${path} #${value}`,
    `${isHome ? '' : path}${mark}${value}`,
  );
}

/** Shortens bare addresses of repositories, for trees that ask for it. */
export function addRepositoryShortener({ tree }: Registry, options: Options): void {
  if (!toFlag(options.repo_url_shortener, false)) return;
  const home = readHome(options);
  tree.add('magic-repo-shortener', 9.9, (root) => {
    for (const element of descendants(root)) {
      const href = element.attribute('href');
      const short =
        element.tag === 'a' && href !== undefined && element.atomic && element.text === href
          ? shorten(href, home)
          : undefined;
      if (!short) continue;
      element.attributes = short.attributes;
      element.setAtomic(short.text);
    }
  });
}
