import type { PageCost } from './browser.ts';
import type { Figures } from './figures.ts';
import { type Cell, formatTable, toNumberCell } from './table.ts';
import type { Verdict } from './targets.ts';
import type { Build, Trial } from './trial.ts';

const text = (value: string): Cell => ({ text: value });

/** What was measured of one size, as tables. */
export function formatTrial({ entities, relations, builds, differing, pages }: Trial): string {
  const head = `\n${entities.toLocaleString('en-US')} entities, ${formatRelations(relations)}\n`;
  return [
    head,
    ...builds.map((build) => formatBuild(build, entities)),
    ...(differing.length > 0
      ? [`\n  Files that differ from a cold build: ${differing.slice(0, 10).join(', ')}\n`]
      : []),
    pages ? formatPages(pages) : '\n  Pages were not opened: there is no Chromium.\n',
  ].join('');
}

/** One build: its whole, its stages, and the programs that took part. */
export function formatBuild({ whole, stages, programs }: Build, entities: number): string {
  const rows = [
    { ...whole, name: 'all' },
    ...stages,
    ...programs.map((each) => ({ ...each, name: `program ${each.name}` })),
  ];
  const table = formatTable(
    [`build: ${whole.name}`, 'seconds', 'CPU seconds', 'entities/s', 'peak MB'],
    rows.map((row) => toRow(row, entities)),
  );
  return `\n${table}`;
}

function toRow({ name, seconds, cpuSeconds, peakBytes }: Figures, entities: number): Cell[] {
  const rate = seconds !== undefined && seconds > 0 ? entities / seconds : undefined;
  const peak = peakBytes === undefined ? undefined : peakBytes / 1e6;
  return [text(name), toNumberCell(seconds, 2), toNumberCell(cpuSeconds, 2), toNumberCell(rate), toNumberCell(peak)];
}

function formatRelations({ made, found }: Trial['relations']): string {
  const wanted = made.toLocaleString('en-US');
  if (found === made) return `${wanted} relations, as made`;
  return `${found?.toLocaleString('en-US') ?? 'no'} relations found where ${wanted} were made`;
}

function formatPages(pages: readonly PageCost[]): string {
  const rows = pages.map(({ name, path, status, requests, bytes, types }) => [
    ...[text(name), toNumberCell(requests), toNumberCell(bytes / 1000, 1)],
    text(
      Object.entries(types)
        .map(([type, cost]) => `${type} ${cost.requests}: ${(cost.bytes / 1000).toFixed(1)}`)
        .join(', '),
    ),
    text(status === 200 ? path : `${status} ${path}`),
  ]);
  return `\n${formatTable(['page', 'requests', 'kB', 'of which', 'address'], rows)}`;
}

const words = new Map([
  [true, 'met'],
  [false, 'missed'],
]);

/** Targets beside the figures. */
export function formatVerdicts(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ subject, target, figure, isMet }) => [
    ...[text(subject), text(target), text(figure)],
    text(isMet === undefined ? 'not measured' : (words.get(isMet) ?? '')),
  ]);
  return `\n${formatTable(['', 'target', 'figure', ''], rows)}`;
}
