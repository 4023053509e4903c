import type { Catalog } from '#model/catalog.ts';
import type { Problem, ProblemCode } from '#model/problems.ts';

/** How many entities each repository has, by its id. */
export type EntityCounts = Readonly<Record<string, number>>;

/** A repository that has fewer entities than before, and what may be why. */
export type Loss = { repository: string; before: number; now: number; reason?: string };

/** Why a build must not replace the last one. */
export type Refusal = { message: string; hint: string };

/** The entities of a catalog by repository, sorted by its id. */
export function countEntities({ entities }: Catalog): EntityCounts {
  const counts = new Map<string, number>();
  for (const { place } of entities.values()) counts.set(place.repository, (counts.get(place.repository) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const sum = (counts: EntityCounts) => Object.values(counts).reduce((total, count) => total + count, 0);

/**
 * Judges whether a catalog may replace the one before it: not when an organisation was read in half, and not when more
 * than `maxDrop` per cent of the entities are gone. Without a catalog before it, only the first counts.
 */
export function findRefusal(catalog: Catalog, before: EntityCounts | undefined, maxDrop: number): Refusal | undefined {
  const halves = catalog.problems.filter(({ code }) => code === 'github-half-read');
  if (halves.length > 0)
    return toRefusal(
      [...halves.map(({ what }) => what), ...listCauses(catalog.problems)],
      'An organisation was read in half, so the portal stays as it was.',
    );
  const drop = findDrop(countEntities(catalog), before, maxDrop, catalog);
  return (
    drop && toRefusal([...drop.losses, ...listCauses(catalog.problems)], `${drop.head}, so the portal stays as it was.`)
  );
}

/** What may be why entities are gone: repositories that are not read any more, and what is wrong. */
type Around = {
  repositories: readonly { id: string }[];
  problems: readonly (Pick<Problem, 'level' | 'what'> & { place?: { repository: string } })[];
};

/** What is lost when more than `maxDrop` per cent of the entities are gone: a sentence without its end, and who lost most. */
export function findDrop(
  now: EntityCounts,
  before: EntityCounts | undefined,
  maxDrop: number,
  around: Around,
): { head: string; losses: string[] } | undefined {
  const [was, is] = [sum(before ?? {}), sum(now)];
  if (before === undefined || was === 0 || ((was - is) / was) * 100 <= maxDrop) return undefined;
  const share = Math.round(((was - is) / was) * 100);
  const head = `The catalog has ${count(is)} ${is === 1 ? 'entity' : 'entities'}; the last one had ${count(was)}. That is ${share} % less, and ${maxDrop} % are allowed`;
  return { head, losses: formatLosses(listLosses(before, now, around)) };
}

const toRefusal = (lines: readonly string[], head: string): Refusal => ({
  message: [head, ...lines.map((line) => `  ${line}`)].join('\n'),
  hint: 'Mend what is said above and build again. If it is meant to be so, build once with --accept-drop.',
});

/** The repositories that lost entities, those that lost most first. */
export function listLosses(before: EntityCounts, now: EntityCounts, around: Around): Loss[] {
  const there = new Set(around.repositories.map(({ id }) => id));
  return Object.entries(before)
    .map(([repository, count]) => ({ repository, before: count, now: now[repository] ?? 0 }))
    .filter((loss) => loss.now < loss.before)
    .toSorted((left, right) => right.before - right.now - (left.before - left.now))
    .map((loss) => ({ ...loss, ...toReason(loss.repository, there, around.problems) }));
}

/** The gravest thing that is wrong with a repository, or that it is not there any more. */
function toReason(repository: string, there: ReadonlySet<string>, problems: Around['problems']): { reason?: string } {
  const own = problems.filter(
    ({ place, what }) => place?.repository === repository || what.includes(`\`${repository}\``),
  );
  const worst = own.find(({ level }) => level === 'error') ?? own.find(({ level }) => level === 'warning');
  if (worst) return { reason: worst.what };
  return there.has(repository) ? {} : { reason: 'It is no longer among the repositories that are read.' };
}

const mostLosses = 10;
const count = (number: number) => number.toLocaleString('en-US');

function formatLosses(losses: readonly Loss[]): string[] {
  const lines = losses.slice(0, mostLosses).map(({ repository, before, now, reason }) => {
    const numbers = now === 0 ? `all of ${count(before)}` : `${count(before - now)} of ${count(before)}`;
    return `${repository} lost ${numbers}.${reason === undefined ? '' : ` ${reason}`}`;
  });
  const more = losses.length - mostLosses;
  return more > 0 ? [...lines, `… and ${count(more)} more repositories.`] : lines;
}

const causes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'source-missing',
  'github-owner-failed',
  'github-budget-spent',
  'github-credentials-missing',
  'github-people-partial',
]);

/** What is wrong with whole sources of repositories. */
const listCauses = (problems: readonly Problem[]) =>
  problems.filter(({ code }) => causes.has(code)).map(({ what }) => what);
