import type { Place } from '#model/place.ts';
import { levels, type Problem } from '#model/problems.ts';
import { toCheckRows } from '../check.ts';
import { PortalError } from '../portal-error.ts';
import {
  countAtLeast,
  formatAnnotations,
  formatCounts,
  formatProblems,
  type ReportFormat,
  reportFormats,
} from '../report.ts';
import { toStyle, wrap } from '../terminal.ts';
import { defineCommand } from './define.ts';
import { type NamedReading, readDocuments } from './read-documents.ts';

export const check = defineCommand({
  options: {
    format: { type: 'string', value: 'FORMAT', about: `${reportFormats.join(', ')} (default: text)` },
    relations: { type: 'boolean', about: 'With json: the relations that each document declares' },
    level: {
      type: 'string',
      value: 'LEVEL',
      about: 'Exit with 1 from this level on: error, warning, hint (default: error)',
    },
  },
  run: async (options, words, { workingFolder, out }) => {
    const level = levels.find((each) => each === (options.level ?? 'error'));
    const format = reportFormats.find((each) => each === (options.format ?? 'text'));
    if (!level) throw new PortalError(`\`${options.level}\` is no level.`, { hint: `Levels: ${levels.join(', ')}.` });
    if (!format)
      throw new PortalError(`\`${options.format}\` is no format.`, { hint: `Formats: ${reportFormats.join(', ')}.` });
    if (words.length === 0)
      throw new PortalError('There is nothing to check.', { hint: 'Name files or folders: `portolan check .`' });
    const { documents, problems: others, toGiven } = await readDocuments(words, workingFolder);
    const rows = toCheckRows(documents, { relations: options.relations === true, toFile: toGiven });
    const problems = [...others, ...rows.flatMap((row) => row.problems)];
    const print: Record<ReportFormat, () => string> = {
      json: () => `${JSON.stringify(rows, undefined, 1)}\n`,
      github: () => formatAnnotations(problems),
      text: () =>
        `${formatProblems(
          problems.map((problem) => toNamed(problem, toGiven)),
          toStyle(out),
        )}\n` +
        `${rows.length} ${rows.length === 1 ? 'document' : 'documents'}. ${formatCounts(problems)}.\n` +
        wrap(formatBeyond(documents, problems), toStyle(out).width),
    };
    out.write(print[format]());
    return countAtLeast(problems, level) > 0 ? 1 : 0;
  },
});

/** What a repository refers to may stand in another one, which was not asked about. */
function formatBeyond(documents: NamedReading['documents'], problems: readonly Problem[]): string {
  const beyond = problems.filter(({ code }) => code === 'dangling-ref').length;
  const isAlone = new Set(documents.map(({ place }) => place.repository)).size === 1;
  if (beyond === 0 || !isAlone) return '';
  const what = beyond === 1 ? 'One reference leads' : `${beyond} references lead`;
  return `${what} to nothing in the one repository that was judged. If another one has what is meant, name that too, or a folder with all of them.\n`;
}

/** The problem with its file spelt as it was given, so that an editor or a terminal can open it. */
function toNamed(problem: Problem, toGiven: (place: Place) => string): Problem {
  const { place } = problem;
  return place ? { ...problem, place: { ...place, repository: '', path: toGiven(place) } } : problem;
}
