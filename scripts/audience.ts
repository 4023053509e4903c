import type { Repository } from '#model/catalog.ts';
import { toHiddenRef } from '#model/hidden.ts';
import { findKind } from '#model/kinds/index.ts';
import type { Place } from '#model/place.ts';
import type { Problem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import { parseReferences, type Reference } from '#model/relations.ts';
import type { ValidEntity, Verdict } from '#model/verdict.ts';
import { toNarrowForge } from './audience/forge.ts';
import { hideIn } from './audience/hide.ts';
import { createResponsibility } from './audience/hierarchy.ts';
import { createRecogniser } from './audience/recognise.ts';
import { type Audience, createRules, isForAll, type Reason } from './audience/rules.ts';
import { refuseEmpty, refuseUnmatched, toSummary } from './audience/summary.ts';
import type { Forge } from './ports.ts';

/** All that was read and judged. */
export type Whole = {
  verdicts: readonly Verdict[];
  entities: readonly ValidEntity[];
  /** What is wrong with anything else than one document. */
  problems: readonly Problem[];
  repositories: readonly Repository[];
};

/** What of it an audience may see. */
export type Narrowed = {
  entities: readonly ValidEntity[];
  problems: readonly Problem[];
  /** For the operator alone: what is wrong with the configuration and with whole sources, which may name anything. */
  ofOperator: readonly Problem[];
  repositories: readonly Repository[];
  /** What stands in references for what was taken out; absent where nothing may be. */
  hidden?: ReadonlySet<RefText>;
  narrowForge: (forge: Forge) => Forge;
  /** Problems that were found afterwards, without the names of what was taken out. */
  redact: (problems: readonly Problem[]) => Problem[];
  /** For the operator alone: what was left out. */
  summary: readonly string[];
};

/** Takes out what an audience may not see, so that all that comes afterwards knows nothing of it. */
export function narrow(whole: Whole, audience: Audience): Narrowed {
  if (isForAll(audience)) return toUnchanged(whole);
  const judged = judgeAll(whole, audience);
  const { open, reasons, shownIds } = judgeRepositories(whole, judged, audience);
  const shown = judged.filter(({ reason }) => reason === undefined);
  refuseUnmatched(audience, whole);
  const entities = shown.flatMap(({ verdict }) => verdict.shown ?? []);
  refuseEmpty(entities, whole.entities);
  const shownRefs = new Set(entities.map(({ ref }) => ref));
  const hiddenRefs = listHiddenRefs(judged, shownRefs, audience);
  const recogniser = createRecogniser({ hiddenRefs, shownRefs, repositories: whole.repositories, open });
  const hidden = new Set<RefText>();
  for (const { references } of entities)
    for (const { target, type } of references)
      if (recogniser.isHiddenRef(target)) hidden.add(toHiddenRef(target, type));
  const redact = (problem: Problem): Problem => {
    const hide = (text: string) => recogniser.redact(text, problem.place?.repository ?? '');
    return { ...problem, what: hide(problem.what), mend: hide(problem.mend) };
  };
  return {
    entities: entities.map((valid) => hideIn(valid, recogniser)),
    problems: listShownProblems(whole, judged, open).map(redact),
    ofOperator: whole.problems.filter((problem) => !isOfFile(problem)),
    repositories: whole.repositories.filter(({ id }) => shownIds.has(id)),
    hidden,
    narrowForge: (forge) => toNarrowForge(forge, shownIds),
    redact: (found) => found.map(redact),
    summary: toSummary(whole, { reasons, shown: entities.length, audience }),
  };
}

const isOfFile = ({ place }: Problem) => place !== undefined && place.repository !== '';

/** What is wrong with files that hold nothing hidden, and with each document that may be seen. */
function listShownProblems(
  { problems }: Whole,
  judged: readonly Judged[],
  open: ReadonlySet<string>,
): readonly Problem[] {
  const hiddenFiles = new Set(judged.flatMap(({ reason, verdict }) => (reason ? toFile(verdict.document.place) : [])));
  const isShown = ({ place }: Problem) =>
    place !== undefined && open.has(place.repository) && !hiddenFiles.has(toFile(place));
  return [
    ...problems.filter((problem) => isOfFile(problem) && isShown(problem)),
    ...judged.flatMap(({ reason, verdict }) => (reason === undefined ? verdict.problems : [])),
  ];
}

const toFile = ({ repository, path }: Place) => `${repository}\0${path}`;

const toUnchanged = (whole: Whole): Narrowed => ({
  entities: whole.entities,
  problems: [...whole.problems, ...whole.verdicts.flatMap(({ problems }) => problems)],
  ofOperator: [],
  repositories: whole.repositories,
  narrowForge: (forge) => forge,
  redact: (problems) => [...problems],
  summary: [],
});

/** A document, and why nothing of it may be seen. */
type Judged = { verdict: Verdict; references: readonly Reference[]; reason: Reason | undefined };

/** Judges every document, also one that was refused: what is wrong with it would name it. */
function judgeAll({ verdicts, entities, repositories }: Whole, audience: Audience): Judged[] {
  const rules = createRules(audience);
  const byId = new Map(repositories.map((repository) => [repository.id, repository]));
  const toResponsibility = createResponsibility(entities, rules);
  const judged = verdicts.map((verdict) => {
    const references = verdict.shown?.references ?? toWrittenReferences(verdict);
    const { isOwned, ...responsible } = toResponsibility({ ref: verdict.ref, references: references ?? [] });
    const { repository: id } = verdict.document.place;
    // Nobody knows whose it is, so it counts as one of those that are denied.
    const isUnknown = references === undefined && rules.denied.size > 0;
    const asked = { repository: byId.get(id) ?? { id }, ...responsible, ...(isUnknown && { isDenied: true }) };
    return { verdict, references: references ?? [], reason: rules.findReason(asked), isOwned };
  });
  const ownership = Map.groupBy(
    judged.filter(({ isOwned }) => isOwned),
    ({ verdict }) => verdict.document.place.repository,
  );
  return judged.map(({ isOwned, ...each }) => {
    const around = ownership.get(each.verdict.document.place.repository) ?? [];
    const isAlone = !isOwned && around.length > 0 && around.every(({ reason }) => reason === 'denied');
    return isAlone ? { ...each, reason: 'denied' as const } : each;
  });
}

const isKeyed = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What a refused document refers to, as far as it can be read; nothing where it cannot. */
function toWrittenReferences({ document: { value } }: Verdict): Reference[] | undefined {
  if (!isKeyed(value) || typeof value.kind !== 'string' || !isKeyed(value.spec)) return undefined;
  const namespace = isKeyed(value.metadata) ? value.metadata.namespace : undefined;
  const { relations } = findKind(value.kind);
  return parseReferences(value.spec, relations, typeof namespace === 'string' ? namespace : undefined).references;
}

/** Which repositories anybody may be led to, which are read at all, and why the others are left out. */
function judgeRepositories({ repositories }: Whole, judged: readonly Judged[], audience: Audience) {
  const rules = createRules(audience);
  const byRepository = Map.groupBy(judged, ({ verdict }) => verdict.document.place.repository);
  const open = new Set<string>();
  const shownIds = new Set<string>();
  const reasons: Reason[] = [];
  for (const repository of repositories) {
    const own = byRepository.get(repository.id) ?? [];
    const isEmptied = own.length > 0 && own.every(({ reason }) => reason !== undefined);
    const reason = rules.findReason({ repository }) ?? (isEmptied ? 'denied' : undefined);
    if (reason === undefined) open.add(repository.id);
    if (reason === undefined || own.some((each) => each.reason === undefined)) shownIds.add(repository.id);
    else reasons.push(reason);
  }
  return { open, shownIds, reasons };
}

/** The refs of all that is left out and of nothing that is shown, also of owners who are denied and defined nowhere. */
function listHiddenRefs(
  judged: readonly Judged[],
  shownRefs: ReadonlySet<RefText>,
  audience: Audience,
): ReadonlySet<RefText> {
  const refs = new Set(createRules(audience).denied);
  for (const { verdict, reason } of judged)
    if (reason !== undefined && verdict.ref !== undefined) refs.add(verdict.ref);
  return new Set([...refs].filter((ref) => !shownRefs.has(ref)));
}
