import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Refusal } from '../guard.ts';
import { findEntityCounts, findShownProblems } from '../io/site-folder.ts';
import { toManifestFile } from '../io/site-ports.ts';
import { formatSummary, type LastBuild, type Outcome } from '../summary.ts';
import type { Collected } from './collecting.ts';
import type { CommandContext } from './define.ts';

export const summaryOption = {
  type: 'string',
  value: 'FILE',
  about: 'Write what the run came to as Markdown: numbers, what is new since the last build, what it cost',
} as const;

/** What the last build came to, by its snapshot and its site; to be asked before the next one writes over them. */
export async function findLastBuild(snapshot: string, site: string): Promise<LastBuild> {
  const [counts, problems] = await Promise.all([findEntityCounts(toManifestFile(snapshot)), findShownProblems(site)]);
  return { entities: counts && Object.values(counts).reduce((sum, each) => sum + each, 0), problems };
}

type Run = { collected: Collected; last: LastBuild; refusal?: Refusal; pages?: NonNullable<Outcome['pages']> };

/** Writes the summary of a run, where a file for it is named. */
export function writeSummary(
  { collected, ...run }: Run,
  { summary }: Record<string, unknown>,
  { workingFolder }: CommandContext,
): void {
  if (typeof summary !== 'string') return;
  const { reported: catalog, settings, reading, costs } = collected;
  const { maxRSS: peakKilobytes } = process.resourceUsage();
  const outcome = { ...run, title: settings.title, catalog, reading, costs, peakKilobytes };
  writeFileSync(resolve(workingFolder, summary), formatSummary(outcome));
}
