import { join, relative, resolve, sep } from 'node:path';
import { findDrop } from '../guard.ts';
import { type FinishedSite, openFinishedSite } from '../io/finished-site.ts';
import { PortalError } from '../portal-error.ts';
import { formatCount } from '../progress.ts';
import { type FindSource, planOnly, publish as publishTo } from '../publish/publish.ts';
import { PublishRefusal } from '../publish/refusal.ts';
import { formatBytes, formatOutcome, formatPlan, toOutcomeJson, toPlanJson } from '../publish/report.ts';
import { type CommandContext, defineCommand } from './define.ts';
import { type Options, type Publishing, toCount, workAtPlace, writingOptions } from './publishing.ts';

export const publish = defineCommand({
  options: {
    ...writingOptions,
    out: { type: 'string', value: 'DIR', about: 'Where the site was built to (default: dist below the root)' },
    'max-errors': { type: 'string', value: 'N', about: 'Refuse a site with more problems of level error than this' },
    'accept-drop': { type: 'boolean', about: 'Publish although more entities are gone than `portal.guard` allows' },
    expires: { type: 'string', value: 'TIME', about: 'A preview: `portolan prune` removes all of it after 7d, say' },
    adopt: { type: 'boolean', about: 'Publish to a place that is not empty and was not filled by Portolan' },
    forget: {
      type: 'boolean',
      about: 'Keep nothing but this site: remove at once what is gone from it, and all earlier releases',
    },
    verify: { type: 'boolean', about: 'Compare with what is really there, in place of believing its manifest' },
  },
  run: (options, words, context) =>
    workAtPlace(options, words, context, (publishing) => publishSite(options, publishing, context)),
});

async function publishSite(options: Options, publishing: Publishing, context: CommandContext): Promise<void> {
  const { store, options: wanted, tools, settings, progress, root } = publishing;
  const folder = options.out === undefined ? join(root, 'dist') : resolve(context.workingFolder, String(options.out));
  if (store.isPlain) checkApart(folder, store.name);
  const site = await progress.stage(
    'compare',
    () => openFinishedSite(folder, (count) => progress.tell(`${formatCount(count)} ${count === 1 ? 'file' : 'files'}`)),
    ({ files }) => [[files.size, 'files']],
  );
  checkErrors(site, options['max-errors']);
  const findSource: FindSource = async (published) => {
    if (options['accept-drop'] !== true) checkDrop(site, published?.entities, settings.guard.maxEntityDrop);
    return site;
  };
  if (options['dry-run'] === true) {
    const { plan, isClaimed } = await planOnly(store, findSource, wanted, tools);
    context.out.write(options.json ? `${JSON.stringify(toPlanJson(plan), null, 2)}\n` : formatPlan(plan, store.name));
    if (isClaimed) context.error.write('Somebody publishes there at the moment, so it will be another plan.\n');
    return;
  }
  const outcome = await progress.stage(
    'publish',
    () => publishTo(store, findSource, wanted, tools),
    ({ written, meter }) => [[written, `files written, ${formatBytes(meter.sentBytes)}`]],
  );
  if (options.json) context.out.write(`${JSON.stringify(toOutcomeJson(outcome), null, 2)}\n`);
  else context.out.write(`${formatOutcome(outcome, store.name)}${formatAddress(settings.url, wanted.expires)}`);
}

/** A preview has another address than the portal. */
const formatAddress = (url: string | undefined, expires: number | undefined) =>
  url === undefined || expires !== undefined ? '' : `  Readers find it at ${url}\n`;

function checkApart(folder: string, target: string): void {
  const isBelow = (one: string, other: string) =>
    !relative(other, one).startsWith('..') && !relative(other, one).startsWith(sep);
  if (!isBelow(folder, target) && !isBelow(target, folder)) return;
  throw new PortalError(`The site lies in ${folder}, and cannot be published to ${target}.`, {
    hint: 'Name a folder that is neither in the other.',
  });
}

function checkErrors({ problems }: FinishedSite, most: Options[string]): void {
  if (most === undefined) return;
  const limit = toCount('max-errors', most, 0);
  const errors = problems.filter(({ level }) => level === 'error');
  if (errors.length <= limit) return;
  const [first] = errors;
  throw new PublishRefusal(
    `The site has ${formatCount(errors.length)} ${errors.length === 1 ? 'error' : 'errors'}, and ${formatCount(limit)} are allowed, so it is not published. The first: ${first?.what ?? ''}`,
    { hint: 'All of them are on its page /problems/. Mend them, or allow more with --max-errors.' },
  );
}

function checkDrop(site: FinishedSite, before: Readonly<Record<string, number>> | undefined, maxDrop: number): void {
  const repositories = Object.keys(site.entities).map((id) => ({ id }));
  const drop = findDrop(site.entities, before, maxDrop, { repositories, problems: site.problems });
  if (drop)
    throw new PublishRefusal(
      [`${drop.head}, so it is not published.`, ...drop.losses.map((line) => `  ${line}`)].join('\n'),
      {
        hint: 'Mend what is said above and build again. If it is meant to be so, publish once with --accept-drop.',
      },
    );
}
