import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { olderDocsBundles } from '#model/search.ts';
import { buildSite } from '../build-site.ts';
import { type Composition, compose } from '../compose/compose.ts';
import { countEntities } from '../guard.ts';
import { indexSite } from '../index-site.ts';
import { holdFolder } from '../io/lock.ts';
import { createSitePorts } from '../io/site-ports.ts';
import type { Indexer } from '../ports.ts';
import { formatCount } from '../progress.ts';
import { countAtLeast } from '../report.ts';
import { collectFrom, collectOptions, holdSnapshot, toContent, toSite } from './collecting.ts';
import { type Command, type CommandContext, defineCommand, outOption } from './define.ts';
import { findFailLevel, judgeDrop, outcomeOptions, reportProblems } from './outcome.ts';
import { findLastBuild, summaryOption, writeSummary } from './summary.ts';

export const build = defineCommand({
  options: { ...collectOptions, out: outOption, ...outcomeOptions, summary: summaryOption },
  run: (options, _words, context) => holdSnapshot(options, context, () => buildPortal(options, context)),
});

async function buildPortal(options: Parameters<Command['run']>[0], context: CommandContext): Promise<number> {
  const failOn = findFailLevel(options);
  const collected = await collectFrom(options, context);
  const { catalog, reported, settings, progress, root, snapshot } = collected;
  const out = options.out === undefined ? join(root, 'dist') : resolve(context.workingFolder, String(options.out));
  const last = await findLastBuild(snapshot, out);
  const refusal = await judgeDrop(collected, options, context);
  if (refusal) {
    writeSummary({ collected, last, refusal }, options, context);
    return 1;
  }
  const site = toSite(settings);
  const composition = compose(catalog, toContent(collected, readHome(root)), collected.docs, collected.apis);
  const folders = { package: context.packageFolder, snapshot, site: out, public: join(root, 'public') };
  const ports = await createSitePorts(folders, indexAll);
  const plan = await holdFolder(out, () => buildSite(site, composition, ports, progress, countEntities(catalog)));
  reportProblems(reported, options, context);
  context.out.write(
    `${formatCount(plan.due.length)} pages rendered, ${plan.whole ? 'all of them' : 'the others were up to date'}: ${out}\n`,
  );
  collected.writeCosts(options.costs);
  writeSummary({ collected, last, pages: { rendered: plan.due.length, total: plan.pages } }, options, context);
  return failOn && countAtLeast(reported.problems, failOn) > 0 ? 1 : 0;
}

async function indexAll({ catalog, docs, apis, olderDocs }: Composition['records'], indexer: Indexer): Promise<number> {
  const families = [
    { name: 'catalog', records: [...catalog] },
    { name: 'docs', records: [...docs] },
    { name: 'apis', records: [...apis] },
    { name: olderDocsBundles, records: [...olderDocs] },
  ];
  const bundles = await indexSite(families, indexer);
  return bundles.reduce((sum, bundle) => sum + bundle.records, 0);
}

function readHome(root: string): string {
  try {
    return readFileSync(join(root, 'content', 'home.md'), 'utf8');
  } catch {
    return '';
  }
}
