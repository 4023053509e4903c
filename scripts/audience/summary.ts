import type { Repository } from '#model/catalog.ts';
import { toRef } from '#model/ref.ts';
import type { ValidEntity } from '#model/verdict.ts';
import { PortalError } from '../portal-error.ts';
import { type Audience, type Reason, toMatcher, toOwnerRef } from './rules.ts';

type Whole = { entities: readonly ValidEntity[]; repositories: readonly Repository[] };

const count = (number: number) => number.toLocaleString('en-US');

/** Why repositories are left out, in the words of a line for the operator. */
const words: Readonly<Record<Reason, string>> = {
  private: 'private',
  internal: 'internal',
  public: 'public',
  unknown: 'of unknown visibility',
  denied: 'denied',
  'not-allowed': 'not allowed',
};

const isReason = (key: string): key is Reason => Object.hasOwn(words, key);

/** What was left out, in lines for the operator; no reader sees them. */
export function toSummary(
  { entities, repositories }: Whole,
  { reasons, shown, audience }: { reasons: readonly Reason[]; shown: number; audience: Audience },
): string[] {
  const counts = Object.keys(words).flatMap((key) => {
    const number = isReason(key) ? reasons.filter((reason) => reason === key).length : 0;
    return number > 0 && isReason(key) ? [`${count(number)} ${words[key]}`] : [];
  });
  const why = counts.length > 0 ? ` (${counts.join(', ')})` : '';
  const unknown = reasons.filter((reason) => reason === 'unknown').length;
  const idle = listIdle(audience, repositories);
  return [
    `Audience: ${count(reasons.length)} of ${count(repositories.length)} repositories are left out${why}, with ${count(entities.length - shown)} of ${count(entities.length)} entities.`,
    ...(unknown > 0
      ? [
          `Nobody says who may see ${count(unknown)} of them, as with plain folders. To show one, name it in \`portal.audience.allow.repositories\`.`,
        ]
      : []),
    ...(idle.length > 0 ? [`In \`portal.audience\`, this matches nothing: ${idle.join(', ')}.`] : []),
  ];
}

const isGlob = (pattern: string) => /[*?[\]{}]/.test(pattern);

/** Globs that match no repository: they may be meant for one that is still to come. */
function listIdle({ allow, deny }: Audience, repositories: readonly Repository[]): string[] {
  const patterns = [...(allow?.repositories ?? []), ...(deny?.repositories ?? [])];
  return patterns.filter((pattern) => !repositories.some(toMatcher([pattern])));
}

/**
 * Stops where a name that is denied fits nothing: most likely it is misspelt, and what it means would be shown. A glob may
 * fit nothing.
 */
export function refuseUnmatched({ deny }: Audience, { entities, repositories }: Whole): void {
  const lost = (deny?.repositories ?? []).filter((name) => !isGlob(name) && !repositories.some(toMatcher([name])));
  const known = new Set(entities.flatMap(({ ref, references }) => [ref, ...references.map(({ target }) => target)]));
  const owners = (deny?.owners ?? []).filter((name) => !known.has(toOwnerRef(name)));
  const [first] = [...lost.map(toRepositoryFault), ...owners.map(toOwnerFault)];
  if (first === undefined) return;
  throw new PortalError(first, {
    hint: 'Correct the name, or remove it if what it meant is gone. Nothing was built, so that nothing is shown by mistake.',
  });
}

const toRepositoryFault = (name: string) =>
  `\`portal.audience.deny.repositories\` names \`${name}\`, and there is no such repository.`;

const toOwnerFault = (name: string) => {
  const ref = toOwnerRef(name);
  return `\`portal.audience.deny.owners\` names \`${name}\`, and nothing knows the ${toRef(ref).kind} \`${ref}\`.`;
};

/** Stops where nothing would be left: a portal without anything is nobody's intention. */
export function refuseEmpty(shown: readonly ValidEntity[], all: readonly ValidEntity[]): void {
  if (shown.length > 0 || all.length === 0) return;
  throw new PortalError(`\`portal.audience\` leaves out all of the ${count(all.length)} entities.`, {
    hint: 'Show more with `visibility` or `allow`. Repositories of which nobody says who may see them, such as plain folders, have to be named in `portal.audience.allow.repositories`.',
  });
}
