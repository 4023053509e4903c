import type { GithubTrial, Night } from './github-trial.ts';
import { type Cell, formatTable, toNumberCell } from './table.ts';
import type { Verdict } from './targets.ts';

const count = (number: number) => number.toLocaleString('en-US');

/** What was measured of reading an organisation, as tables. */
export function formatGithubTrial({ repositories, withDocs, nights }: GithubTrial): string {
  const head = ['', 'GraphQL', 'points', 'REST', 'git', 'MB', 'seconds', 'CPU seconds', 'peak MB', 'entities', 'files'];
  const table = formatTable(head, nights.map(toRow));
  return `\n${count(repositories)} repositories, ${count(withDocs)} with docs; what the server itself uses is not counted\n\n${table}`;
}

function toRow({ name, asked, whole, found }: Night): Cell[] {
  const peak = whole.peakBytes === undefined ? undefined : whole.peakBytes / 1e6;
  return [
    { text: name },
    ...[asked.graphqlRequests, asked.points, asked.rest, asked.gitRequests].map((number) => toNumberCell(number)),
    ...[toNumberCell(asked.bytes / 1e6, 1), toNumberCell(whole.seconds, 1), toNumberCell(whole.cpuSeconds, 1)],
    ...[toNumberCell(peak), toNumberCell(found.entities), toNumberCell(found.files)],
  ];
}

const large = 5000;
const mega = 1e6;

/** Holds what was measured of reading GitHub against what the portal promises. */
export function toGithubVerdicts({ repositories, withDocs, changed, nights }: GithubTrial): Verdict[] {
  const of = `${count(repositories)} repositories`;
  const [cold, some, none] = nights;
  if (cold === undefined || some === undefined || none === undefined) return [];
  const peak = Math.max(...nights.map(({ whole }) => whole.peakBytes ?? Number.NaN));
  const isOver = (night: Night) => night.asked.points > cold.asked.points;
  return [
    ...(repositories === large ? [toPoints(of, cold)] : []),
    toVerdict(`${of}: cold night, REST`, 'no request', cold.asked.rest, cold.asked.rest === 0),
    toVerdict(
      `${of}: docs that were read`,
      `${count(withDocs * 30)}`,
      cold.found.files,
      cold.found.files === withDocs * 30,
    ),
    toVerdict(
      `${of}: git with 1 % changed`,
      `at most ${count(changed * 6)}`,
      some.asked.gitRequests,
      some.asked.gitRequests <= changed * 6,
    ),
    toVerdict(`${of}: points with nothing changed`, 'at most those of a cold night', none.asked.points, !isOver(none)),
    toVerdict(`${of}: git with nothing changed`, 'none', none.asked.gitRequests, none.asked.gitRequests === 0),
    {
      ...{ subject: `${of}: peak memory`, target: 'under 700 MB' },
      figure: Number.isNaN(peak) ? 'n/a' : `${Math.round(peak / mega)} MB`,
      isMet: Number.isNaN(peak) ? undefined : peak < 700 * mega,
    },
  ];
}

const toPoints = (of: string, { asked }: Night) =>
  toVerdict(`${of}: cold night, points`, 'at most 150', asked.points, asked.points <= 150);

function toVerdict(subject: string, target: string, figure: number, isMet: boolean): Verdict {
  return { subject, target, figure: count(figure), isMet };
}
