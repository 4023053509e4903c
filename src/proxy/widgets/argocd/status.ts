import type { LiveStatus } from '#model/live/answer.ts';
import type { LiveApplication } from '#model/live/argocd.ts';
import { toWorst } from '../../levels.ts';
import { findMoment, formatAge } from '../../texts/ages.ts';
import { formatState } from './levels.ts';

function formatOne(application: LiveApplication, now: number): string {
  const at = findMoment(application.syncedAt);
  return at === undefined ? formatState(application) : `${formatState(application)} · ${formatAge(at, now)}`;
}

/** How all applications of an entity are, in the words of the worst; the worst come first. */
export function toStatus(applications: readonly LiveApplication[], now: number): LiveStatus {
  const [first, ...others] = applications;
  if (!first) return { level: 'unknown', words: 'no application is found, or none that is shown to the portal' };
  const level = toWorst(applications.map((application) => application.level));
  if (others.length === 0) return { level, words: formatOne(first, now) };
  if (level === 'well') return { level, words: `${applications.length} applications in sync · healthy` };
  const alike = applications.filter((application) => application.level === level).length;
  return { level, words: `${alike} of ${applications.length} applications: ${formatState(first)}` };
}
