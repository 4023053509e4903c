import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocsWork } from './docs-work.ts';
import { measure } from './measure.ts';
import { findMkdocs, type MkdocsCost, measureMkdocs } from './mkdocs.ts';
import { type Build, runBuild } from './trial.ts';

/** Pages that went through a part of the work, and what that cost. */
export type PageCosts = { pages: number; cpuSeconds: number | undefined; peakBytes: number | undefined };

/** All that was measured of some docs: from the least to the whole, and the whole with little to do. */
export type DocsTrial = {
  name: string;
  rendering: PageCosts;
  stage: PageCosts;
  site: PageCosts;
  again: PageCosts;
  build: Build;
  mkdocs: MkdocsCost | undefined;
};

/** Renders docs alone, builds a site of them twice, and lets the real MkDocs build them where it is installed. */
export async function runDocsTrial(
  top: string,
  work: DocsWork,
  folder: string,
  say: (text: string) => void,
): Promise<DocsTrial> {
  say(`${work.name}: Markdown to HTML`);
  const rendering = await measureRendering(top, work);
  say(`${work.name}: the whole site`);
  const order = { top, root: work.root, work: folder, place: 'docs' };
  const build = await runBuild({ ...order, name: 'first' });
  say(`${work.name}: the same once more`);
  const again = await runBuild({ ...order, name: 'unchanged' });
  await rm(join(folder, 'docs'), { recursive: true, force: true });
  const program = findMkdocs(process.env.PATH ?? '');
  if (program) say(`${work.name}: MkDocs`);
  const mkdocs = program ? await measureMkdocs(program, work) : undefined;
  const pages = rendering.pages;
  return {
    ...{ name: work.name, rendering, build, mkdocs },
    stage: toCosts(pages, build, 'docs'),
    site: toCosts(pages, build),
    again: toCosts(pages, again),
  };
}

async function measureRendering(top: string, { root, trees }: DocsWork): Promise<PageCosts> {
  const named = trees.map(({ folder, config }) => (config === undefined ? folder : `${folder}\n${config}`));
  const run = await measure(process.execPath, [join(top, 'scripts/bench/docs-rendering.ts'), root, ...named], top);
  const said = run.lines.flatMap(({ text }) => /^pages (\d+)$/.exec(text)?.[1] ?? []);
  if (run.code !== 0 || said[0] === undefined)
    throw new Error(`The pages could not be rendered:\n${run.lines.map(({ text }) => text).join('\n')}`);
  const peaks = run.samples.map(({ programs }) => programs.values().reduce((sum, { bytes }) => sum + bytes, 0));
  return { pages: Number(said[0]), cpuSeconds: run.cpuSeconds, peakBytes: Math.max(...peaks) };
}

/** The costs of a stage, or of the whole build: what its programs used, also those that nobody waited for. */
function toCosts(pages: number, { whole, stages, programs }: Build, name?: string): PageCosts {
  const stage = name === undefined ? whole : stages.find((each) => each.name === name);
  const used = programs.reduce((sum, { cpuSeconds = 0 }) => sum + cpuSeconds, 0);
  const cpuSeconds =
    name === undefined && whole.cpuSeconds !== undefined ? Math.max(used, whole.cpuSeconds) : stage?.cpuSeconds;
  return { pages, cpuSeconds, peakBytes: stage?.peakBytes };
}
