import { readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatApiTrial, runApiTrial, toApiVerdicts } from './bench/api-trial.ts';
import { measureClosures, toClosureVerdict } from './bench/closures.ts';
import { formatDocsTrial, toDocsVerdicts } from './bench/docs-report.ts';
import { type DocsTrial, runDocsTrial } from './bench/docs-trial.ts';
import { copyCorpus, type DocsWork, writeGenerated } from './bench/docs-work.ts';
import { formatGithubTrial, toGithubVerdicts } from './bench/github-report.ts';
import { runGithubTrial } from './bench/github-trial.ts';
import { formatLiveTrial, toLiveVerdicts } from './bench/live-report.ts';
import { runLiveTrial } from './bench/live-trial.ts';
import { formatPublishTrial, runPublishTrial, toPublishVerdicts } from './bench/publish-trial.ts';
import { formatBuild, formatTrial, formatVerdicts } from './bench/report.ts';
import { type Measured, toVerdicts } from './bench/targets.ts';
import { writeTexts } from './bench/trees.ts';
import { runBuild, runTrial, type Trial } from './bench/trial.ts';

const top = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (text: string) => process.stderr.write(`${text}\n`);

/** Measures sizes one after the other, prints tables and targets; true when every build is right, however fast it was. */
async function benchSizes(sizes: readonly number[], json: string | undefined): Promise<boolean> {
  const trials: Trial[] = [];
  for (const entities of sizes) {
    const trial = await inWorkFolder((work) => runTrial(top, work, entities, say));
    process.stdout.write(formatTrial(trial));
    trials.push(trial);
  }
  const verdicts = [...toVerdicts(trials.map(toMeasured)), toClosureVerdict(measureClosures(10_000, 30_000))];
  const cores = availableParallelism();
  process.stdout.write(`${formatVerdicts(verdicts)}\n  Measured on ${cores} cores; the targets are for 2.\n`);
  if (json) writeFileSync(json, `${JSON.stringify({ cores, trials, verdicts }, null, 2)}\n`);
  return trials.every(({ differing, relations }) => differing.length === 0 && relations.found === relations.made);
}

/** Measures docs: those of the corpus where it is there, and as many generated pages as asked for. */
async function benchDocs(pages: number, corpus: string, json: string | undefined): Promise<boolean> {
  const trials: DocsTrial[] = [];
  const run = async (write: (root: string) => Promise<DocsWork | undefined>) => {
    const trial = await inWorkFolder(async (work) => {
      const written = await write(join(work, 'organisation'));
      return written && runDocsTrial(top, written, work, say);
    });
    process.stdout.write(trial ? formatDocsTrial(trial) : `\n  There are no real docs in ${corpus}.\n`);
    if (trial) trials.push(trial);
  };
  await run((root) => copyCorpus(corpus, root));
  await run((root) => writeGenerated(root, pages));
  const verdicts = trials.flatMap(toDocsVerdicts);
  process.stdout.write(formatVerdicts(verdicts));
  if (json) writeFileSync(json, `${JSON.stringify({ cores: availableParallelism(), trials, verdicts }, null, 2)}\n`);
  return true;
}

/** Renders definitions of APIs of the sizes that are promised; true when something came of each. */
async function benchApis(json: string | undefined): Promise<boolean> {
  const costs = await runApiTrial(() => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6);
  const verdicts = toApiVerdicts(costs);
  process.stdout.write(`${formatApiTrial(costs)}${formatVerdicts(verdicts)}`);
  if (json) writeFileSync(json, `${JSON.stringify({ cores: availableParallelism(), costs, verdicts }, null, 2)}\n`);
  return costs.every(({ counts }) => counts !== '');
}

/** Reads an organisation from the GitHub test server on three nights; true when no repository was lost. */
async function benchGithub(repositories: number, withDocs: number, json: string | undefined): Promise<boolean> {
  const trial = await inWorkFolder((work) => runGithubTrial(top, work, { repositories, withDocs }, say));
  const verdicts = toGithubVerdicts(trial);
  process.stdout.write(`${formatGithubTrial(trial)}${formatVerdicts(verdicts)}`);
  if (json) writeFileSync(json, `${JSON.stringify({ cores: availableParallelism(), trial, verdicts }, null, 2)}\n`);
  return trial.nights.every(({ found }) => found.repositories === repositories);
}

/** Measures the proxy; true when every question was answered. */
async function benchLive(minutes: number, json: string | undefined): Promise<boolean> {
  const trial = await inWorkFolder((work) => runLiveTrial(top, work, { seconds: 20, minutes }, say));
  const verdicts = toLiveVerdicts(trial);
  process.stdout.write(`${formatLiveTrial(trial)}${formatVerdicts(verdicts)}`);
  if (json) writeFileSync(json, `${JSON.stringify({ cores: availableParallelism(), trial, verdicts }, null, 2)}\n`);
  return trial.cached.failed === 0 && trial.viewings.every(({ failed }) => failed === 0);
}

/** Publishes a generated site four times; true when every run wrote what it should. */
async function benchPublish(files: number, target: string | undefined, json: string | undefined): Promise<boolean> {
  const trial = await inWorkFolder((work) => runPublishTrial(top, work, { files, ...(target && { target }) }, say));
  const verdicts = toPublishVerdicts(trial);
  process.stdout.write(`${formatPublishTrial(trial)}${formatVerdicts(verdicts)}`);
  if (json) writeFileSync(json, `${JSON.stringify({ cores: availableParallelism(), trial, verdicts }, null, 2)}\n`);
  return verdicts.every(({ isMet }) => isMet !== false);
}

/** Builds a catalog that is there already: `all.yaml` names its files, `manifest.json` how many relations it makes. */
async function benchCatalog(folder: string, json: string | undefined): Promise<boolean> {
  const { total, relations } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const build = await inWorkFolder(async (work) => {
    const root = join(work, 'organisation');
    await cp(folder, join(root, 'catalog'), { recursive: true });
    const target = 'catalog: {locations: [{type: file, target: ./catalog/all.yaml}]}\n';
    await writeTexts(root, [['app-config.yaml', target]]);
    return runBuild({ top, root, work, name: 'first', place: 'warm' });
  });
  const found = build.counts.relations;
  process.stdout.write(
    `${formatBuild(build, total)}\n  Relations: ${found} found, ${relations} named by the manifest\n`,
  );
  if (json)
    writeFileSync(json, `${JSON.stringify({ total, relations: { made: relations, found }, build }, null, 2)}\n`);
  return found === relations;
}

async function inWorkFolder<Result>(run: (work: string) => Promise<Result>): Promise<Result> {
  const work = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  try {
    return await run(work);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function toMeasured({ entities, builds, differing, pages }: Trial): Measured {
  const find = (name: string) => builds.find(({ whole }) => whole.name === name)?.whole;
  return {
    entities,
    cold: { seconds: find('first')?.seconds ?? 0, peakBytes: find('first')?.peakBytes },
    changed: { seconds: find('1 % changed')?.seconds ?? 0, differing: differing.length },
    pages: pages?.filter(({ path }) => /^\/catalog\/./.test(path)),
  };
}

/** How many pages are asked for; fewer are no organisation. */
function toPages(text: string): number {
  const pages = Number(text);
  if (Number.isInteger(pages) && pages >= 100) return pages;
  say(`--pages takes a whole number from 100 on, like 20000; this is \`${text}\`.`);
  process.exit(2);
}

/** How many files are asked for; of fewer there is no hundredth. */
function toFiles(text: string): number {
  const files = Number(text);
  if (Number.isInteger(files) && files >= 100) return files;
  say(`--files takes a whole number from 100 on, like 30000; this is \`${text}\`.`);
  process.exit(2);
}

/** How many repositories are asked for, and how many of them have docs. */
function toOrganisationSize(): [repositories: number, withDocs: number] {
  const [repositories, withDocs] = [Number(values.repositories), Number(values['with-docs'])];
  if (Number.isInteger(repositories) && repositories >= 1 && withDocs >= 0 && withDocs <= repositories)
    return [repositories, withDocs];
  say('--repositories takes a whole number from 1 on, and --with-docs one that is not larger.');
  process.exit(2);
}

/** The sizes that are asked for; below 100 entities some kinds would be missing. */
function toSizes(text: string): number[] {
  const sizes = text.split(',').map(Number);
  if (sizes.every((size) => Number.isInteger(size) && size >= 100)) return sizes;
  say(`--sizes takes whole numbers from 100 on, like 1000,10000; this is \`${text}\`.`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000' },
    catalog: { type: 'string' },
    docs: { type: 'boolean', default: false },
    pages: { type: 'string', default: '20000' },
    corpus: { type: 'string', default: join(top, '../shared/corpus/docs') },
    github: { type: 'boolean', default: false },
    repositories: { type: 'string', default: '5000' },
    apis: { type: 'boolean', default: false },
    'with-docs': { type: 'string', default: '3000' },
    live: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    publish: { type: 'boolean', default: false },
    files: { type: 'string', default: '30000' },
    to: { type: 'string' },
    help: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const workingFolder = process.env.INIT_CWD ?? process.cwd();
const json = values.json && resolve(workingFolder, values.json);

const usage = `npm run bench -- [options]

  --sizes N,N      Builds generated organisations of so many entities (default: 1000,10000)
  --catalog DIR    Builds one that is there already instead
  --docs           Renders and builds docs instead, beside MkDocs where it is installed
  --pages N        How many pages of docs are generated (default: 20000)
  --corpus DIR     Where real docs trees are (default: ../shared/corpus/docs)
  --apis           Renders definitions of APIs instead
  --github         Reads an organisation from the GitHub test server instead
  --repositories N How many repositories it has (default: 5000)
  --with-docs N    How many of them have docs (default: 3000)
  --live           Measures the proxy instead, before systems that are made up
  --minutes N      For how many minutes its memory is watched (default: 10)
  --publish        Publishes a generated site instead
  --files N        How many files it has, of 20 kB each (default: 30000)
  --to PLACE       Where it is published to: an empty place (default: a folder that is removed)
  --json FILE      Writes all figures
`;

function run(): Promise<boolean> {
  if (values.apis) return benchApis(json);
  if (values.github) return benchGithub(...toOrganisationSize(), json);
  if (values.publish) return benchPublish(toFiles(values.files), values.to, json);
  if (values.live) return benchLive(Number(values.minutes), json);
  if (values.docs) return benchDocs(toPages(values.pages), resolve(workingFolder, values.corpus), json);
  return values.catalog === undefined
    ? benchSizes(toSizes(values.sizes), json)
    : benchCatalog(resolve(workingFolder, values.catalog), json);
}

if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const isRight = await run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return false;
});
process.exitCode = isRight ? 0 : 1;
