import { type RefText, toRef } from '#model/ref.ts';
import type { RelationType } from '#model/relations.ts';
import { createNameIndex } from '../suggest.ts';

/** The kinds that people take for each other where a relation allows more than one. */
const alternatives: Readonly<Partial<Record<RelationType, readonly string[]>>> = {
  ownedBy: ['group', 'user'],
  dependsOn: ['component', 'resource', 'api'],
  dependencyOf: ['component', 'resource', 'api'],
};

type FindMeant = (dangling: RefText, type: RelationType) => RefText | undefined;

/** Makes a function that says which entity a dangling reference most likely meant. */
export function createRefIndex(entities: ReadonlyMap<RefText, unknown>): FindMeant {
  const all = [...entities.keys()].map((ref) => ({ ref, ...toRef(ref) }));
  const byName = Map.groupBy(all, ({ name }) => name);
  const byKind = Map.groupBy(all, ({ kind }) => kind);
  const findNamesake = (name: string | undefined, kinds: readonly string[]) =>
    byName.get(name ?? '')?.find(({ kind }) => kinds.includes(kind))?.ref;
  const findNearName = remember((kind) => createNameIndex(new Set(byKind.get(kind)?.map(({ name }) => name))));
  const findOfKind = remember((dangling: RefText) => {
    const { kind, name } = toRef(dangling);
    return findNamesake(name, [kind]) ?? findNamesake(findNearName(kind)(name), [kind]);
  });
  return (dangling, type) => findOfKind(dangling) ?? findNamesake(toRef(dangling).name, alternatives[type] ?? []);
}

function remember<Answer>(answer: (question: string) => Answer): (question: string) => Answer {
  const known = new Map<string, { answer: Answer }>();
  return (question) => {
    const found = known.get(question) ?? { answer: answer(question) };
    known.set(question, found);
    return found.answer;
  };
}
