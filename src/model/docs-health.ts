import type { DocsTree, DocsTreePage } from './docs.ts';

/** A class of what can be wrong with docs: its heading, the rule of its number, and the problems that count. */
export type DocsFault = { key: string; label: string; says: string; about: string; codes: readonly string[] };

/** Which problem of a docs tree is of which class; a code stands in one class. */
export const docsFaults: readonly DocsFault[] = [
  {
    key: 'links',
    label: 'Broken links',
    says: 'broken links',
    about: 'Links and pictures whose file is not there, and links to a heading that the page does not have.',
    codes: ['docs-broken-link', 'docs-broken-anchor'],
  },
  {
    key: 'files',
    label: 'Missing files',
    says: 'missing files',
    about: 'Pages that the navigation names and files that pages use, which are not there or are withheld.',
    codes: ['docs-nav-missing', 'docs-missing-include', 'docs-file-withheld', 'docs-file-lfs'],
  },
  {
    key: 'orphans',
    label: 'Orphans',
    says: 'pages in no navigation',
    about: 'Pages that are in the docs folder but in no navigation: a reader finds them by search alone.',
    codes: ['docs-orphan'],
  },
  {
    key: 'syntax',
    label: 'Unsupported',
    says: 'plugins or syntax that have no effect here',
    about:
      'Plugins, extensions and syntax of other tools that have no effect here; what they mark is shown as written.',
    codes: [
      'docs-unknown-extension',
      'docs-unknown-plugin',
      'docs-unused-setting',
      'docs-jinja',
      'docs-foreign-syntax',
    ],
  },
  {
    key: 'other',
    label: 'Other',
    says: 'other problems',
    about:
      'Configurations that cannot be read, diagrams and formulas that cannot be drawn, and frames that are refused.',
    codes: ['docs-config-invalid', 'diagram-invalid', 'docs-formula-invalid', 'docs-frame-refused'],
  },
];

/** Problems of docs that belong to no class: of entities whose docs are not there, and of age, which is told as a share. */
export const docsCodesBesides = {
  absent: [
    'docs-ref-unusable',
    'docs-empty',
    'docs-elsewhere-missing',
    'docs-not-announced',
    'docs-version-incomplete',
  ],
  age: ['docs-stale'],
} as const;

const faultOf = new Map(docsFaults.flatMap(({ key, codes }) => codes.map((code) => [code, key] as const)));

/** The class that a problem counts in, if it is one of a docs tree. */
export function findDocsFault(code: string): string | undefined {
  return faultOf.get(code);
}

/** The newest change known of any page of any docs, which age is measured against: a build reads no clock. */
export function findNewestChange(trees: readonly DocsTree[]): string | undefined {
  let newest: string | undefined;
  for (const { pages } of trees)
    for (const { changedAt } of pages)
      if (changedAt !== undefined && (newest === undefined || Date.parse(changedAt) > Date.parse(newest)))
        newest = changedAt;
  return newest;
}

/** How old a tree is: the pages whose last change is known, and those of them that are stale, each oldest first. */
export type DocsAge = { known: readonly DocsTreePage[]; stale: readonly DocsTreePage[] };

const day = 24 * 60 * 60 * 1000;

/** A page is stale when its last change is more than `staleAfter` days older than the newest change of all docs. */
export function toDocsAge({ pages }: DocsTree, newest: string | undefined, staleAfter: number): DocsAge {
  const limit = Date.parse(newest ?? '') - staleAfter * day;
  const dated = pages.flatMap((page) => (page.changedAt ? [{ page, at: Date.parse(page.changedAt) }] : []));
  const sorted = dated.toSorted((a, b) => a.at - b.at || (a.page.path < b.page.path ? -1 : 1));
  return {
    known: sorted.map(({ page }) => page),
    stale: sorted.filter(({ at }) => at < limit).map(({ page }) => page),
  };
}

/** The list of the problems with these codes, of one entity or of all. */
export function toProblemsPath(codes: readonly string[], entity?: string): string {
  const asked = [...(entity === undefined ? [] : [`entity=${entity}`]), ...codes.map((code) => `code=${code}`)];
  return `/problems/?${asked.join('&')}`;
}
