import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { measurePages, type PageCost } from './browser.ts';
import { changeShare } from './change.ts';
import type { Envelope } from './envelopes.ts';
import { type Costs, costsSchema, type Figures, toProgramFigures, toRunFigures, toStageFigures } from './figures.ts';
import { measure } from './measure.ts';
import { createOrganisation, type Organisation } from './organisation.ts';
import { listDifferences, listDigests, writeTexts } from './trees.ts';

/** One build: what it cost in all, by stage and by program, and what its stages counted. */
export type Build = {
  name: string;
  whole: Figures;
  stages: Figures[];
  programs: Figures[];
  counts: Record<string, number>;
};

/** All that was measured of one size. */
export type Trial = {
  entities: number;
  /** Relations from both ends: those that the generator made, and those that the portal found. */
  relations: { made: number; found: number | undefined };
  builds: Build[];
  /** Files in which the build with 1 % changed differs from a cold build of the same. */
  differing: string[];
  pages: PageCost[] | undefined;
};

/** The one file of a site that says when it was made. */
const timedFile = 'api/build.json';

/** The share of the component files that is edited before the third build. */
const changedShare = 0.01;

/** What a build is told: the package it runs from, the organisation, and folders for what it writes. */
type Order = { top: string; root: string; work: string; name: string; place: string };

/** Builds an organisation cold, unchanged and changed, compares with a cold build of the change, and opens its pages. */
export async function runTrial(
  top: string,
  work: string,
  entities: number,
  say: (text: string) => void,
): Promise<Trial> {
  const root = join(work, 'organisation');
  const before = createOrganisation(entities);
  const after = changeShare(before, changedShare);
  await writeTexts(root, [['app-config.yaml', configuration], ...toTexts(before, before.files.keys())]);
  const builds: Build[] = [];
  const build = async (name: string, place: string) => {
    say(`${entities.toLocaleString('en-US')} entities: ${name}`);
    builds.push(await runBuild({ top, root, work, name, place }));
  };
  await build('first', 'warm');
  const pages = await measurePages(join(work, 'warm', 'site'), listPages(before));
  await build('unchanged', 'warm');
  await writeTexts(root, toTexts(after, listEdited(before, after)));
  await build('1 % changed', 'warm');
  await build('1 % changed, cold', 'cold');
  const [warm, cold] = [await listDigests(join(work, 'warm', 'site')), await listDigests(join(work, 'cold', 'site'))];
  const relations = { made: before.relations, found: builds[0]?.counts.relations };
  await rm(work, { recursive: true, force: true });
  return {
    entities,
    relations,
    builds,
    differing: listDifferences(warm, cold).filter((path) => path !== timedFile),
    pages,
  };
}

/** Runs the portal's build in a process of its own, and reads what it says of its stages. Throws when it fails. */
export async function runBuild({ top, root, work, name, place }: Order): Promise<Build> {
  const costsFile = join(work, 'costs.json');
  const folders = ['--out', join(work, place, 'site'), '--snapshot', join(work, place, 'snapshot')];
  const words = [join(top, 'scripts/portal.ts'), 'build', '--root', root, ...folders, '--costs', costsFile];
  const run = await measure(process.execPath, words, top);
  if (run.code !== 0)
    throw new Error(
      `The build failed:\n${run.lines
        .map(({ text }) => text)
        .slice(-20)
        .join('\n')}`,
    );
  const costs = costsSchema.parse(JSON.parse(readFileSync(costsFile, 'utf8')));
  const [whole, stages, programs] = [toRunFigures(name, run), toStageFigures(costs, run), toProgramFigures(run)];
  return { name, whole, stages, programs, counts: toCounts(costs) };
}

const configuration = stringify({
  organization: { name: 'Synthetic organisation' },
  portal: { sources: [{ folder: './repositories' }] },
});

const toText = (envelopes: readonly Envelope[]) =>
  envelopes.map((each) => stringify(each, { lineWidth: 0 })).join('---\n');

function* toTexts({ files }: Organisation, paths: Iterable<string>): Generator<[string, string]> {
  for (const path of paths) yield [path, toText(files.get(path) ?? [])];
}

function listEdited(before: Organisation, after: Organisation): string[] {
  return [...after.files].filter(([path, envelopes]) => envelopes !== before.files.get(path)).map(([path]) => path);
}

function toCounts({ stages }: Costs): Build['counts'] {
  return Object.fromEntries(stages.flatMap(({ tally }) => tally.map(([count, what]) => [what, count])));
}

/** Pages that are opened: one of each sort, entities from the middle of what there is, and the largest of their kind. */
function listPages({ files }: Organisation) {
  const ofKind = Map.groupBy([...files.values()].flat(), ({ kind }) => kind);
  const find = (kind: Envelope['kind'], share: number) => {
    const all = ofKind.get(kind) ?? [];
    const { name } = all[Math.floor(all.length * share)]?.metadata ?? { name: '' };
    return `/catalog/default/${kind.toLowerCase()}/${name}/`;
  };
  return [
    { name: 'a component', path: find('Component', 0.5) },
    { name: 'the most needed component', path: find('Component', 0) },
    { name: 'an API', path: find('API', 0.5) },
    { name: 'a group', path: find('Group', 0.5) },
    { name: 'the group above all', path: find('Group', 0) },
    { name: 'the home page', path: '/' },
    { name: 'the catalog', path: '/catalog/' },
  ];
}
