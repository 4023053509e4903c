import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { Section, SectionReader } from './sections.ts';

/** Tells of a setting that has no effect here. */
export function tell(reader: SectionReader, key: string, reason: string, place: Place): void {
  const problem: Problem = toProblem('setting-not-honoured', { key, reason }, { place });
  reader.problems.push(problem);
}

/** Tells of a setting that cannot be what it is. */
export function tellWrong(reader: SectionReader, key: string, message: string, place: Place): void {
  reader.problems.push(toProblem('setting-wrong-type', { key, message }, { place }));
}

/** The entries of a list inside each entry of a list of `…LocatorMethods`; methods of another type than `config` are told of. */
export function listMethodPaths(reader: SectionReader, path: string, list: string): string[] {
  const methods = reader.findTree(path);
  if (methods === undefined) return [];
  if (methods.type !== 'list') {
    tellWrong(reader, path, 'must be a list', methods.place);
    return [];
  }
  return methods.trees.flatMap((tree, at) => {
    if (tree.type !== 'map') tellWrong(reader, `${path}[${at}]`, 'must be a map', tree.place);
    const type = reader.findTree(`${path}.${at}.type`);
    const name = type?.type === 'scalar' ? String(type.value) : 'config';
    if (name === 'config') return [`${path}.${at}.${list}`];
    tell(
      reader,
      `${path}[${at}].type`,
      `the proxy asks only what stands in this file, and knows no \`${name}\``,
      tree.place,
    );
    return [];
  });
}

/** The first of each name: what is kept of a system, and who is let in there, goes by its name. */
export function listDistinct<Value extends { name: string }>(
  reader: SectionReader,
  path: string,
  sections: readonly Section<Value>[],
): Section<Value>[] {
  const names = new Set<string>();
  return sections.filter(({ value: { name }, place }) => {
    const isNew = !names.has(name);
    if (!isNew) tellWrong(reader, `${path}: ${name}`, 'is a name that another one has; this one is not asked', place);
    names.add(name);
    return isNew;
  });
}

/** What signs in with a token. */
export const toBearer = (token: string) => async () => ({ authorization: `Bearer ${token}` });

/** An address without slashes at its end. */
export const withoutSlash = (url: string) => url.replace(/\/+$/, '');
