import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { levels } from '#model/problems.ts';
import { olderDocsBundles } from '#model/search.ts';
import { buildSite } from '../build-site.ts';
import { type Composition, compose } from '../compose/compose.ts';
import { indexSite } from '../index-site.ts';
import { createSitePorts } from '../io/site-ports.ts';
import { PortalError } from '../portal-error.ts';
import type { Indexer } from '../ports.ts';
import { formatCount } from '../progress.ts';
import { countAtLeast, formatAnnotations, formatCounts, formatProblems } from '../report.ts';
import { collectFrom, collectOptions, toSite } from './collecting.ts';
import { defineCommand, outOption } from './define.ts';

/** How many problems a build prints; all of them are on the problems page. */
const printed = 20;

export const build = defineCommand({
  name: 'build',
  about: 'Builds the portal: reads the repositories, judges what they say, and writes a static site.',
  options: {
    ...collectOptions,
    out: outOption,
    'fail-on': {
      type: 'string',
      value: 'LEVEL',
      about: 'Exit with 1 on problems of this level: error, warning, hint (default: never)',
    },
    'all-problems': { type: 'boolean', about: 'Print every problem, not only the first of them' },
    costs: { type: 'string', value: 'FILE', about: 'Write what each stage cost, as JSON' },
  },
  run: async (options, _words, context) => {
    const failOn = levels.find((level) => level === options['fail-on']);
    if (options['fail-on'] !== undefined && !failOn)
      throw new PortalError(`\`${options['fail-on']}\` is no level.`, { hint: `Levels: ${levels.join(', ')}.` });
    const collected = await collectFrom(options, context);
    const { catalog, settings, progress, root, snapshot } = collected;
    const out = options.out === undefined ? join(root, 'dist') : resolve(context.workingFolder, String(options.out));
    const site = toSite(settings);
    const composition = compose(catalog, { home: readHome(root), base: settings.base }, collected.docs);
    const folders = { package: context.packageFolder, snapshot, site: out, public: join(root, 'public') };
    const ports = await createSitePorts(folders, indexAll);
    const plan = await buildSite(site, composition, ports, progress);
    const { problems } = catalog;
    if (context.environment.GITHUB_ACTIONS === 'true') context.out.write(formatAnnotations(problems));
    else {
      const limit = options['all-problems'] ? problems.length : printed;
      context.out.write(`\n${formatProblems(problems, { colour: Boolean(context.out.isTTY), limit })}`);
    }
    context.out.write(
      `\n${formatCount(catalog.entities.size)} entities. ${formatCounts(problems)}.\n` +
        `${formatCount(plan.due.length)} pages rendered, ${plan.whole ? 'all of them' : 'the others were up to date'}: ${out}\n`,
    );
    collected.writeCosts(options.costs);
    return failOn && countAtLeast(problems, failOn) > 0 ? 1 : 0;
  },
});

async function indexAll({ catalog, docs, olderDocs }: Composition['records'], indexer: Indexer): Promise<number> {
  const families = [
    { name: 'catalog', records: [...catalog] },
    { name: 'docs', records: [...docs] },
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
