import picomatch from 'picomatch';
import type { Rule } from '../settings.ts';

/** Whether an entity of this kind and type may come from a place. Places with the same rules share one function. */
export type Allows = (entity: { kind: string; type?: string }) => boolean;

/** Tells what may come from a location; undefined for everything. */
export type Rules = (location: { type: string; target: string }, own?: readonly Rule[]) => Allows | undefined;

/** The rules of `catalog.rules`, to which a location may add its own. Without `catalog.rules` everything is allowed. */
export function createRules(rules: readonly Rule[] | undefined): Rules {
  if (rules === undefined) return () => undefined;
  const known = new Map<string, Allows>();
  return (location, own = []) => {
    const allowed = [...rules.filter((rule) => isAbout(rule, location)), ...own].flatMap(({ allow }) => allow);
    const key = JSON.stringify(allowed);
    const allows = known.get(key) ?? toAllows(allowed);
    known.set(key, allows);
    return allows;
  };
}

function toAllows(allowed: Rule['allow']): Allows {
  const isSame = (left: string, right: string | undefined) => left.toLowerCase() === right?.toLowerCase();
  return ({ kind, type }) =>
    allowed.some((entry) => isSame(entry.kind, kind) && (entry.type === undefined || isSame(entry.type, type)));
}

function isAbout({ locations }: Rule, location: { type: string; target: string }): boolean {
  if (locations === undefined) return true;
  return locations.some(({ type, exact, pattern }) => {
    if (type !== undefined && type !== location.type) return false;
    if (exact !== undefined && exact !== location.target) return false;
    return pattern === undefined || picomatch.isMatch(location.target, pattern, { nocase: true });
  });
}
