import { findSafeUrl } from './urls.ts';

/** How the addresses of a forge are spelt. The first row whose host matches is taken; GitHub's spelling is the last. */
const dialects = [
  {
    host: /(^|\.)gitlab\./,
    file: '/-/blob/',
    edit: '/-/edit/',
    tree: '/-/tree/',
    commit: '/-/commit/',
    issues: '/-/issues/new',
    title: 'issue[title]',
    text: 'issue[description]',
  },
  {
    host: /(^|\.)bitbucket\./,
    file: '/src/',
    edit: '/src/',
    tree: '/src/',
    commit: '/commits/',
    issues: '/issues/new',
    title: 'title',
  },
  {
    host: /./,
    file: '/blob/',
    edit: '/edit/',
    tree: '/tree/',
    commit: '/commit/',
    issues: '/issues/new',
    title: 'title',
    text: 'body',
  },
];

/** How the forge of an address spells the addresses of files, commits and issues. */
export function findDialect(url: string) {
  const { host } = new URL(url);
  return dialects.find((row) => row.host.test(host));
}

/** The page of a commit, by the address of its repository. */
export function findCommitUrl(url: string, commit: string): string | undefined {
  return findSafeUrl(`${url}${findDialect(url)?.commit}${commit}`);
}
