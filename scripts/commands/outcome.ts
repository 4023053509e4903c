import type { Catalog } from '#model/catalog.ts';
import { type Level, levels } from '#model/problems.ts';
import { findRefusal, type Refusal } from '../guard.ts';
import { findEntityCounts } from '../io/site-folder.ts';
import { toManifestFile } from '../io/site-ports.ts';
import { PortalError } from '../portal-error.ts';
import { formatCount } from '../progress.ts';
import { formatAnnotations, formatCounts, formatProblems, formatRefusal, formatStale } from '../report.ts';
import { toStyle } from '../terminal.ts';
import type { Collected } from './collecting.ts';
import type { CommandContext } from './define.ts';

/** How many problems are printed; all of them are on the problems page. */
const printed = 20;

/** Options of commands that end with what is wrong in the catalog. */
export const outcomeOptions = {
  'fail-on': {
    type: 'string',
    value: 'LEVEL',
    about: 'Exit with 1 on problems of this level: error, warning, hint (default: never)',
  },
  'accept-drop': {
    type: 'boolean',
    about: 'Go on when an organisation was read in half, or more entities are gone than `portal.guard` allows',
  },
  'all-problems': { type: 'boolean', about: 'Print every problem, not only the first of them' },
  costs: { type: 'string', value: 'FILE', about: 'Write what each stage cost, as JSON' },
} as const;

type Options = Record<string, unknown>;

/** The level that `--fail-on` names. */
export function findFailLevel({ 'fail-on': named }: Options): Level | undefined {
  const level = levels.find((each) => each === named);
  if (named === undefined || level) return level;
  throw new PortalError(`\`${named}\` is no level.`, { hint: `Levels: ${levels.join(', ')}.` });
}

/** Prints what is wrong: as annotations in a workflow on GitHub, else for people. */
export function reportProblems(
  { entities, problems, repositories }: Catalog,
  options: Options,
  context: CommandContext,
): void {
  const { out, environment } = context;
  const limit = options['all-problems'] ? problems.length : printed;
  if (environment.GITHUB_ACTIONS === 'true') out.write(formatAnnotations(problems));
  else out.write(`\n${formatProblems(problems, { ...toStyle(out), limit })}`);
  out.write(`\n${formatCount(entities.size)} entities. ${formatCounts(problems)}.\n${formatStale(repositories)}`);
}

/** Why the guard refuses what was collected, if it does; it then says what is wrong, and why. */
export async function judgeDrop(
  collected: Collected,
  options: Options,
  context: CommandContext,
): Promise<Refusal | undefined> {
  const { reported: catalog, settings, snapshot } = collected;
  if (options['accept-drop'] === true) return undefined;
  const before = await findEntityCounts(toManifestFile(snapshot));
  const refusal = findRefusal(catalog, before, settings.guard.maxEntityDrop);
  if (refusal === undefined) return undefined;
  reportProblems(catalog, options, context);
  collected.writeCosts(options.costs);
  const { environment, error } = context;
  error.write(formatRefusal(refusal, environment.GITHUB_ACTIONS === 'true', toStyle(error).width));
  return refusal;
}
