import { findStale, type Repository } from '#model/catalog.ts';
import { formatPlace } from '#model/place.ts';
import { type Level, levels, type Problem } from '#model/problems.ts';
import { wrap } from './terminal.ts';

/** How problems can be printed: for people, for programs, and as annotations of a GitHub pull request. */
export const reportFormats = ['text', 'json', 'github'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** How many problems are at a level at least as grave as the one given. */
export function countAtLeast(problems: readonly Problem[], level: Level): number {
  const limit = levels.indexOf(level);
  return problems.filter((problem) => levels.indexOf(problem.level) <= limit).length;
}

const colours: Record<Level, string> = { error: '\u001b[31m', warning: '\u001b[33m', hint: '\u001b[36m' };
const bold = '\u001b[1m';
const quiet = '\u001b[2m';
const plain = '\u001b[0m';

/**
 * Whatever a repository wrote may end up in a sentence; nothing of it may steer a terminal, or a workflow that prints it: GitHub
 * takes `::` at the beginning of a line and `##[` anywhere in it for a command.
 */
const toLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/##(?=\[)/g, '# #')
    .replace(/^(\s*:):/, '$1 :');

type TextOptions = { colour: boolean; width?: number; limit?: number };

/** Problems for people: the gravest first, each with its place, its sentence and its mend; then the counts. */
export function formatProblems(
  problems: readonly Problem[],
  { colour, width = Number.POSITIVE_INFINITY, limit = Number.POSITIVE_INFINITY }: TextOptions,
): string {
  const paint = (code: string, text: string) => (colour ? `${code}${text}${plain}` : text);
  const sorted = levels.flatMap((level) => problems.filter((problem) => problem.level === level));
  const blocks = sorted.slice(0, limit).map((problem) => {
    const place = problem.place ? paint(bold, toLine(formatPlace(problem.place))) : '';
    const head = `${place}${place ? '  ' : ''}${paint(colours[problem.level], problem.level)} ${paint(quiet, problem.code)}`;
    const [what, mend] = [problem.what, problem.mend].map((text) => wrap(`  ${toLine(text)}`, width));
    return `${head}\n${what}\n${paint(quiet, mend ?? '')}\n`;
  });
  const hidden = sorted.length - blocks.length;
  const more = hidden > 0 ? [`… and ${hidden} more.\n`] : [];
  return [...blocks, ...more].join('\n');
}

/** `3 errors, 1 warning, 12 hints`, or that there are none. */
export function formatCounts(problems: readonly Problem[]): string {
  const counts = levels.flatMap((level) => {
    const count = problems.filter((problem) => problem.level === level).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${level}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? 'No problems' : counts.join(', ');
}

/** A line that says how much of what is shown is not of today; empty when everything is. */
export function formatStale(repositories: readonly Repository[]): string {
  const stale = findStale(repositories);
  return stale ? `Repositories shown as they were before: ${stale.count} of ${stale.total}.\n` : '';
}

const annotationNames: Record<Level, string> = { error: 'error', warning: 'warning', hint: 'notice' };
const escapeMessage = (text: string) => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string) => escapeMessage(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/**
 * Problems as workflow commands, which GitHub shows beside the lines of a pull request.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatAnnotations(problems: readonly Problem[]): string {
  return problems
    .map(({ level, code, what, mend, place }) => {
      const where = place ? `file=${escapeProperty(place.path)},line=${place.line},col=${place.column},` : '';
      return `::${annotationNames[level]} ${where}title=${escapeProperty(code)}::${escapeMessage(`${what} ${mend}`)}\n`;
    })
    .join('');
}

/** Why a build stopped before it changed anything; on GitHub it is shown beside the run as well. */
export function formatRefusal(
  { message, hint }: { message: string; hint: string },
  isWorkflow: boolean,
  width = Number.POSITIVE_INFINITY,
): string {
  const lines = [...message.split('\n'), hint].map(toLine);
  const text = lines.map((line) => wrap(line, width)).join('\n');
  const annotation = isWorkflow ? `::error title=portal.guard::${escapeMessage(lines.join('\n'))}\n` : '';
  return `\n${text}\n${annotation}`;
}
