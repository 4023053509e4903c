import { type Catalog, findStale } from '#model/catalog.ts';
import { formatPlace, type Place } from '#model/place.ts';
import { type Level, levels, type Problem } from '#model/problems.ts';

/** As much of a problem as tells it from another one. */
export type KnownProblem = {
  code: string;
  level: string;
  what: string;
  place?: Pick<Place, 'repository' | 'path'> | undefined;
  entity?: string | undefined;
};

/** What the last build came to, as far as that is still known. */
export type LastBuild = { entities?: number | undefined; problems?: readonly KnownProblem[] | undefined };

/** What a run came to, for people who look at it in the morning. */
export type Outcome = {
  title: string;
  catalog: Pick<Catalog, 'entities' | 'problems' | 'repositories'>;
  last: LastBuild;
  /** How many pages were rendered, of how many; absent when nothing was built. */
  pages?: { rendered: number; total: number };
  /** Why nothing was built. */
  refusal?: { message: string; hint: string };
  /** What reading GitHub came to and cost, as a build prints it. */
  reading: string;
  costs: readonly { name: string; seconds: number }[];
  peakKilobytes: number;
};

const printed = 20;
const count = (number: number) => number.toLocaleString('en-US');

/** A line number moves when somebody writes above it, so it is no part of what a problem is. */
const toIdentity = ({ code, what, place, entity }: KnownProblem) =>
  JSON.stringify([code, what, place?.repository, place?.path, entity]);

/** Those of the first that the second do not hold; of equal ones, as many as there are more. */
export function listNew<Known extends KnownProblem>(now: readonly Known[], before: readonly KnownProblem[]): Known[] {
  const left = new Map<string, number>();
  for (const problem of before) left.set(toIdentity(problem), (left.get(toIdentity(problem)) ?? 0) + 1);
  return now.filter((problem) => {
    const key = toIdentity(problem);
    const rest = left.get(key) ?? 0;
    left.set(key, rest - 1);
    return rest <= 0;
  });
}

/** Text that somebody else wrote, in Markdown: its `code` stays code, and nothing else of it means anything. */
export function toMarkdownText(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const parts = line.split('`');
  // Without a partner a backtick is a letter.
  const isBalanced = parts.length % 2 === 1;
  return parts
    .map((part, at) => (isBalanced && at % 2 === 1 ? part : part.replace(/[\\[\]()<>&*_#!|~@]/g, '\\$&')))
    .join(isBalanced ? '`' : '\\`');
}

/** The summary of a run in Markdown: the numbers, what is new, what is not of today, and what it cost. */
export function formatSummary(outcome: Outcome): string {
  const { title, refusal } = outcome;
  const blocks = [
    `## ${toMarkdownText(title)}`,
    refusal &&
      [`**The portal stays as it was.**`, ...refusal.message.split('\n'), refusal.hint].map(toRefusalLine).join('\n'),
    formatNumbers(outcome),
    formatStaleOnes(outcome),
    formatNews(outcome),
    formatCosts(outcome),
  ];
  return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
}

const toRefusalLine = (line: string, at: number) => (at === 0 ? `${line}\n` : `> ${toMarkdownText(line)}  `);

function formatChange(now: number, before: number | undefined): string {
  if (before === undefined) return '';
  const change = now - before;
  return change === 0 ? '±0' : `${change > 0 ? '+' : '−'}${count(Math.abs(change))}`;
}

const names: Record<Level, string> = { error: 'Errors', warning: 'Warnings', hint: 'Hints' };

function formatNumbers({ catalog, last, pages }: Outcome): string {
  const { entities, repositories, problems } = catalog;
  const countLevel = (list: readonly KnownProblem[], level: Level) => list.filter((one) => one.level === level).length;
  const rows = [
    ['Entities', count(entities.size), formatChange(entities.size, last.entities)],
    ['Repositories', count(repositories.length), ''],
    ...levels.map((level) => {
      const now = countLevel(problems, level);
      return [names[level], count(now), formatChange(now, last.problems && countLevel(last.problems, level))];
    }),
    ...(pages ? [['Pages rendered', `${count(pages.rendered)} of ${count(pages.total)}`, '']] : []),
  ];
  const head = ['| | now | since the last build |', '|---|---:|---:|'];
  return [...head, ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}

function formatStaleOnes({ catalog }: Outcome): string {
  const stale = findStale(catalog.repositories);
  if (!stale) return '';
  const ids = catalog.repositories.filter(({ staleSince }) => staleSince !== undefined);
  const lines = ids.map(({ id, staleSince = '' }) => `- \`${id}\`, read last on ${staleSince.slice(0, 10)}`);
  return `### Shown as they were before: ${stale.count} of ${stale.total} repositories\n\n${cut(lines).join('\n')}`;
}

function cut(lines: readonly string[]): string[] {
  const more = lines.length - printed;
  return more > 0 ? [...lines.slice(0, printed), `- … and ${count(more)} more`] : [...lines];
}

function formatNews({ catalog, last }: Outcome): string {
  if (last.problems === undefined) return 'There is no last build to compare its problems with.';
  const fresh = listNew(catalog.problems, last.problems);
  const solved = listNew(last.problems, catalog.problems).length;
  const sorted = levels.flatMap((level) => fresh.filter((problem) => problem.level === level));
  const ending = solved === 0 ? '' : `\n\n${count(solved)} of the last build ${solved === 1 ? 'is' : 'are'} gone.`;
  if (fresh.length === 0) return `No new problems.${ending}`;
  return `### New problems: ${count(fresh.length)}\n\n${cut(sorted.map(formatProblem)).join('\n')}${ending}`;
}

function formatProblem({ level, code, what, mend, place }: Problem): string {
  const where = place ? ` \`${formatPlace(place).replaceAll('`', '')}\`` : '';
  return `- **${level}**${where} ${toMarkdownText(what)} ${toMarkdownText(mend)} (${code})`;
}

function formatCosts({ costs, reading, peakKilobytes }: Outcome): string {
  const rows = costs.map(({ name, seconds }) => `| ${name} | ${seconds.toFixed(1)} s |`);
  const peak = `| memory, at most | ${count(Math.round(peakKilobytes / 1024))} MB |`;
  const said = reading.trim().replaceAll('```', '');
  const block = said === '' ? '' : `\n\n\`\`\`text\n${said}\n\`\`\``;
  const table = ['| | |', '|---|---:|', ...rows, peak].join('\n');
  return `<details><summary>What it cost</summary>\n\n${table}${block}\n\n</details>`;
}
