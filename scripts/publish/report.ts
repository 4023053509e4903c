import type { Manifest, Release } from './manifest.ts';
import type { Plan } from './plan.ts';
import type { Pruned } from './prune.ts';
import type { Outcome } from './publish.ts';

/** How many paths of each group are shown; `--json` has all of them. */
const shown = 5;

const formatCount = (count: number) => count.toLocaleString('en-US');
const files = (count: number) => `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`;
const packs = (count: number) => `${formatCount(count)} ${count === 1 ? 'pack' : 'packs'}`;

/** A number of bytes as people read it: `4.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** step).toFixed(1)} ${units[step - 1]}`;
}

/** What came of publishing: what changed for readers, then what it took. */
export function formatOutcome(
  { release, isNew, isResumed, written, removed, gone, forgotten, meter }: Outcome,
  place: string,
): string {
  const head = isNew
    ? `Release ${release.number} is published at ${place}.`
    : `${place} has this site already, as release ${release.number}.`;
  const counts = [
    written > 0 && `${files(written)} written`,
    gone > 0 && `${formatCount(gone)} gone from the site`,
    removed > 0 && `${formatCount(removed)} removed`,
  ].filter((part) => part !== false);
  return [
    head,
    ...(isResumed ? ['A publish before did not come to its end; this one went on from there.'] : []),
    ...(forgotten === undefined
      ? []
      : [`Nothing else is kept there: earlier releases are gone, with ${packs(forgotten)} that held them.`]),
    `  ${counts.length > 0 ? counts.join(', ') : 'nothing to write'}; ${formatCount(meter.requests)} requests, ${formatBytes(meter.sentBytes)} sent`,
    '',
  ].join('\n');
}

/** A plan as people read it: how much of what, and the first of each. */
export function formatPlan(plan: Plan, place: string): string {
  const fresh = [...plan.gone.keys()];
  const groups = [
    ...plan.steps.map(({ name, files: planned }) => ({
      name,
      paths: planned.map(({ path }) => path),
      bytes: planned.reduce((sum, file) => sum + file.bytes, 0),
    })),
    { name: 'gone, and kept for the grace time', paths: fresh },
    { name: 'to be removed', paths: [...plan.obstacles, ...plan.removals] },
  ].filter(({ paths }) => paths.length > 0);
  const lines = groups.flatMap(({ name, paths, ...rest }) => [
    `  ${formatCount(paths.length)} ${name}${'bytes' in rest ? `, ${formatBytes(rest.bytes)}` : ''}`,
    ...paths.slice(0, shown).map((path) => `    ${path}`),
    ...(paths.length > shown ? [`    … and ${formatCount(paths.length - shown)} more`] : []),
  ]);
  const writes = plan.steps.reduce((sum, step) => sum + step.files.length, 0);
  const head = writes === 0 ? `Nothing would be written to ${place}` : `${files(writes)} would be written to ${place}`;
  return [`${head}; ${formatCount(plan.kept.size)} stay as they are.`, ...lines, ''].join('\n');
}

/** A plan for programs. */
export function toPlanJson(plan: Plan): unknown {
  const paths = plan.steps.map(({ name, files: planned }) => [
    name,
    planned.map(({ path, bytes }) => ({ path, bytes })),
  ]);
  return {
    write: Object.fromEntries(paths),
    remove: [...plan.obstacles, ...plan.removals],
    gone: Object.fromEntries(plan.gone),
    kept: plan.kept.size,
  };
}

/** An outcome for programs. */
export function toOutcomeJson({ release, meter, ...rest }: Outcome): unknown {
  const { number, id, at, by, files: total, changed } = release;
  return { release: { number, id, at, by, files: total, changed }, ...rest, ...meter };
}

const toTime = (at: string) => at.slice(0, 16).replace('T', ' ');

/** The releases that can be put back, a line each. */
export function formatReleases({ releases, expires }: Manifest, place: string): string {
  const lines = releases.map(
    ({ number, id, at, files: total, changed }, position) =>
      `  ${String(number).padStart(5)}  ${id}  ${toTime(at)}  ${formatCount(total).padStart(9)} ${formatCount(changed).padStart(9)}${position === 0 ? '  published' : ''}`,
  );
  const head = `  ${'no.'.padStart(5)}  ${'id'.padEnd(12)}  ${'published (UTC)'.padEnd(16)}  ${'files'.padStart(9)} ${'changed'.padStart(9)}`;
  const end = expires === undefined ? [] : [`  A preview, until ${toTime(expires)} UTC.`];
  return [`Releases at ${place}`, '', head, ...lines, ...end, ''].join('\n');
}

/** Releases for programs. */
export function toReleasesJson({ releases }: Manifest): unknown {
  return releases.map(({ number, id, at, by, files: total, changed }: Release) => ({
    ...{ number, id, at, by, files: total, changed },
  }));
}

/** What pruning removed, or would. */
export function formatPruned(pruned: readonly Pruned[], place: string, isDry: boolean): string {
  if (pruned.length === 0) return `Nothing at ${place} has to go.\n`;
  return pruned.map((one) => `${formatOne(one, isDry)}\n`).join('');
}

function formatOne({ name, isWhole, isHeld, files: paths, packs: over, releases }: Pruned, isDry: boolean): string {
  if (isHeld) return `${name} was left alone: somebody publishes there, or did not come to the end of it.`;
  const verb = isDry ? 'would be removed' : 'removed';
  if (isWhole) return `${name}: the preview ${verb}, ${files(paths.length)}.`;
  const parts = [
    paths.length > 0 && files(paths.length),
    over.length > 0 && packs(over.length),
    releases.length > 0 && `${releases.length === 1 ? 'release' : 'releases'} ${formatNumbers(releases)}`,
  ].filter((part) => part !== false);
  return `${name}: ${parts.join(', ')} ${verb}.`;
}

const formatNumbers = (numbers: readonly number[]) => {
  const sorted = numbers.toSorted((left, right) => left - right);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return sorted.length > 2 ? `${first} to ${last}` : sorted.join(' and ');
};
