import { toNumber } from '#components/docs/docs-row.ts';
import { listCellTexts } from '#components/lists/entity-name.ts';
import { element, type Markup } from '#components/lists/markup.ts';
import { findCommitUrl } from '#model/forge-addresses.ts';
import type { RepositoryLine } from '#model/pages/about-page.ts';
import type { Rows } from '#model/rows.ts';
import { findSafeUrl } from '#model/urls.ts';

/** A row of the packed list of repositories, unpacked. */
export function toRepositoryLine(rows: Rows, row: number): RepositoryLine {
  const text = (key: string) => rows.texts[key]?.[row] || undefined;
  const [source, branch, changedAt, staleSince] = ['source', 'branch', 'changed', 'stale'].map(
    (key) => listCellTexts(rows, key, row)[0],
  );
  const [url, commit] = [findSafeUrl(text('url') ?? ''), text('commit')];
  const commitUrl = url && commit && findCommitUrl(url, commit);
  return {
    id: text('name') ?? '',
    ...(url && { url }),
    ...(source && { source }),
    ...(branch && { branch }),
    ...(commit && { commit }),
    ...(commitUrl && { commitUrl }),
    ...(changedAt && { changedAt }),
    ...(staleSince && { staleSince }),
    entities: rows.numbers?.entities?.[row] ?? 0,
    problems: rows.numbers?.problems?.[row] ?? 0,
  };
}

const toLink = (url: string | undefined, content: Markup): Markup =>
  url ? element('a', { href: url, rel: 'noopener' }, content) : content;

const toDay = (time: string): Markup => element('time', { datetime: time, title: time }, time.slice(0, 10));

/** How many digits of a commit are shown; its whole id is in the title. */
const shownDigits = 10;

function toCommit({ commit, commitUrl, branch }: RepositoryLine): Markup {
  const code = commit && element('code', { title: commit }, commit.slice(0, shownDigits));
  return [code ? toLink(commitUrl, code) : '', branch ? element('span', { class: 'branch' }, ` ${branch}`) : ''];
}

/** Whether a column tells of branches, or of commits and theirs. */
export const hasCommits = (columns: readonly string[]): boolean =>
  columns.includes('commit') || columns.includes('branch');

/** One repository: where it is, what was read of it, how old that is, and what it holds. */
export function toRepositoryRow(line: RepositoryLine, columns: readonly string[]): Markup {
  const { id, url, source = 'a Location', changedAt, staleSince, entities, problems } = line;
  const stale = staleSince && element('strong', {}, [' not read since ', toDay(staleSince)]);
  return element('tr', {}, [
    element('th', { scope: 'row', class: 'name' }, [toLink(url, id), stale || '']),
    ...(columns.includes('source') ? [element('td', { class: 'source' }, source)] : []),
    ...(hasCommits(columns) ? [element('td', { class: 'commit' }, toCommit(line))] : []),
    ...(columns.includes('changed') ? [element('td', { class: 'changed' }, changedAt ? toDay(changedAt) : '')] : []),
    element('td', { class: 'number entities' }, toNumber(entities, 'entity', 'entities')),
    element('td', { class: 'number problems' }, toNumber(problems, 'problem', 'problems')),
  ]);
}
