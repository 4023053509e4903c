import type { DocsTrial, PageCosts } from './docs-trial.ts';
import { formatBuild } from './report.ts';
import { type Cell, formatTable, toNumberCell } from './table.ts';
import type { Verdict } from './targets.ts';

/** Pages that one second of one processor is enough for. */
const toRate = ({ pages, cpuSeconds }: { pages: number; cpuSeconds: number | undefined }) =>
  cpuSeconds ? pages / cpuSeconds : undefined;

/** What was measured of some docs, as tables. */
export function formatDocsTrial({ name, rendering, stage, site, again, build, mkdocs }: DocsTrial): string {
  const rows = [
    toRow('Markdown to HTML', rendering),
    toRow('docs stage: code, links, diagrams, files, store', stage),
    toRow('finished site', site),
    toRow('finished site, unchanged', again),
    ...(mkdocs ? [toRow(`MkDocs, ${mkdocs.trees} of ${mkdocs.ofTrees} trees`, mkdocs)] : []),
  ];
  const table = formatTable([name, 'pages', 'CPU seconds', 'pages/CPU s', 'peak MB'], rows);
  const missing = mkdocs ? '' : '  MkDocs is not installed, so there is nothing to compare with.\n';
  return `\n${table}${missing}${formatBuild(build, site.pages)}`;
}

function toRow(name: string, costs: PageCosts): Cell[] {
  const peak = costs.peakBytes === undefined ? undefined : costs.peakBytes / 1e6;
  return [
    { text: name },
    toNumberCell(costs.pages),
    ...[toNumberCell(costs.cpuSeconds, 1), toNumberCell(toRate(costs)), toNumberCell(peak)],
  ];
}

const wantedFactor = 20;
const large = 20_000;
const giga = 1e9;

/** Holds what was measured of docs against what the portal promises. */
export function toDocsVerdicts({ name, rendering, site, mkdocs }: DocsTrial): Verdict[] {
  return [
    ...[
      { part: 'rendering', costs: rendering },
      { part: 'finished site', costs: site },
    ].map(({ part, costs }) => toFactor(`${name}: ${part}`, toRate(costs), mkdocs && toRate(mkdocs))),
    ...(site.pages >= large ? [toMemory(name, site.peakBytes)] : []),
  ];
}

function toFactor(subject: string, own: number | undefined, other: number | undefined): Verdict {
  const factor = own !== undefined && other !== undefined ? own / other : undefined;
  return {
    ...{ subject, target: `at least ${wantedFactor} times MkDocs` },
    figure: factor === undefined ? 'n/a' : `${factor.toFixed(1)} times`,
    isMet: factor === undefined ? undefined : factor >= wantedFactor,
  };
}

function toMemory(name: string, peakBytes: number | undefined): Verdict {
  return {
    ...{ subject: `${name}: peak memory`, target: 'under 1.5 GB' },
    figure: peakBytes === undefined ? 'n/a' : `${(peakBytes / giga).toFixed(2)} GB`,
    isMet: peakBytes === undefined ? undefined : peakBytes < 1.5 * giga,
  };
}
