import { toDecoded } from '#model/paths.ts';
import { type DefinitionFiles, findFile } from './files.ts';
import type { Fault } from './model.ts';
import { findLine, findOwn, isKeyed, type Keyed } from './value.ts';

/** A value, and the file that it stands in, from which its own references are read. */
export type Placed = { value: Keyed; file: string };

/** Where a reference leads: a file and the steps inside of it. */
export type Target = { file: string; steps: readonly string[] };

/** Follows the references of a definition. */
export type Resolver = {
  root: Placed;
  /** Where a reference leads, whether or not anything is there; nothing for what is not in the repository. */
  findTarget: (ref: string, from: string) => Target | undefined;
  find: (target: Target) => Placed | undefined;
  /** A value with its references followed to where they end; what leads nowhere or in circles is reported, once. */
  follow: (value: unknown, from: string) => Placed | undefined;
  /** Says that a reference leads nowhere. */
  miss: (ref: string, from: string) => void;
  faults: () => Fault[];
};

/** A chain of references that is longer than this has lost its way. */
const longestChain = 20;

const shownFaults = 20;

/** Makes one for the files of a definition; `text` is the definition's own, for the lines of what is missing. */
export function createResolver(text: string, { root, values }: DefinitionFiles): Resolver {
  const missing = new Map<string, Fault>();
  const findTarget: Resolver['findTarget'] = (ref, from) => {
    const file = /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(ref) ? undefined : findFile(from, ref);
    const at = ref.indexOf('#');
    return file === undefined ? undefined : { file, steps: at < 0 ? [] : toSteps(ref.slice(at + 1)) };
  };
  const find: Resolver['find'] = ({ file, steps }) => {
    const value = steps.reduce<unknown>(findOwn, values.get(file));
    return isKeyed(value) ? { value, file } : undefined;
  };
  const miss: Resolver['miss'] = (ref, from) => {
    // Files that are not there were reported when they were looked for.
    const target = findTarget(ref, from);
    if (missing.size >= shownFaults || missing.has(ref) || !target || !values.has(target.file)) return;
    const line = from === root ? findLine(text, ref) : 1;
    missing.set(ref, { code: 'definition-ref-missing', ref, reason: 'nothing is defined there', line });
  };
  const follow: Resolver['follow'] = (value, from) => {
    let here: Placed | undefined = isKeyed(value) ? { value, file: from } : undefined;
    for (let count = 0; here !== undefined && typeof here.value.$ref === 'string'; count += 1) {
      const target = count < longestChain ? findTarget(here.value.$ref, here.file) : undefined;
      const next: Placed | undefined = target && find(target);
      if (!next) miss(here.value.$ref, here.file);
      here = next;
    }
    return here;
  };
  const top = values.get(root) ?? {};
  return { root: { value: top, file: root }, findTarget, find, follow, miss, faults: () => [...missing.values()] };
}

/** The steps of a JSON pointer. */
function toSteps(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => toDecoded(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}
