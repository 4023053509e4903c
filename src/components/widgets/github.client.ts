import { element, type Markup } from '#components/lists/markup.ts';
import type { GithubData } from '#model/live/github.ts';
import { type Row, toCut, toFitting, toHeading, toLine, toOutLink, toRow, toSubject, toTime } from './drawing.ts';
import type { Drawing, Sheet } from './frame-view.ts';
import { formatCount, formatSpan } from './words.ts';

type Workflow = GithubData['workflows'][number];
type PullRequest = GithubData['pullRequests'][number];

const reviewTable: Record<PullRequest['review'], string> = {
  approved: 'approved',
  'changes-requested': 'changes asked for',
  waiting: 'waits for review',
  none: 'no review yet',
  unknown: '',
};

function toWorkflow(sheet: Sheet, { name, level, words, run, title, commit, startedAt, took, url }: Workflow): Row {
  const link = toOutLink(url, name, `Run ${run}, ${commit}: ${title}`);
  const main = toSubject(sheet, level, element('span', { class: 'cut' }, link));
  const length = element('span', { class: 'fact' }, took === undefined ? '' : `took ${formatSpan(took)}`);
  const side = [length, element('span', { class: 'fact end' }, toTime(sheet, startedAt))];
  return toRow(element('div', { 'data-key': `workflow ${name}` }, toLine({ main, told: { level, words }, side })));
}

function toPullRequest(sheet: Sheet, { number, title, author, isDraft, openedAt, review, url }: PullRequest): Row {
  const words = [isDraft ? 'draft' : reviewTable[review], author].filter(Boolean).join(' · ');
  const main = element('span', { class: 'cut', title }, [
    element('span', { class: 'quiet' }, `#${number} `),
    toOutLink(url, title),
  ]);
  const side = [toCut(words), element('span', { class: 'fact end' }, toTime(sheet, openedAt))];
  return toRow(element('div', { 'data-key': `pull ${number}` }, toLine({ main, side })));
}

function toPullRequests(sheet: Sheet, { pullRequests, morePullRequests }: GithubData, room: number): Markup {
  const count = pullRequests.length;
  if (count === 0) return toHeading('No open pull request');
  const words = morePullRequests
    ? `More than ${formatCount(count, 'open pull request')}`
    : formatCount(count, 'open pull request');
  const rows = pullRequests.map((pullRequest) => toPullRequest(sheet, pullRequest));
  return [toHeading(words), toFitting(rows, room - 1, sheet.isAll('pull requests'), 'pull requests')].flat();
}

/** How the GitHub widget draws its data: workflows on the default branch, the worst first, then open pull requests. */
export const github: Drawing<GithubData> = {
  empty: 'The repository has no workflow runs and no open pull requests.',
  draw: (data, sheet) => {
    const { workflows, branch } = data;
    const runs = workflows.map((workflow) => toWorkflow(sheet, workflow));
    const room = Math.min(sheet.room - Math.min(4, data.pullRequests.length + 1), 1 + runs.length);
    const heading = workflows.length > 0 ? `Last runs on ${branch}` : `No workflow has run on ${branch}`;
    const shown = toFitting(runs, room - 1, sheet.isAll('workflows'), 'workflows');
    return [toHeading(heading), shown, toPullRequests(sheet, data, sheet.room - room)].flat();
  },
};
