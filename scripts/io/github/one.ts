import { toProblem } from '#model/problems.ts';
import { findAnsweredRepository, lookupSchema } from '../../github/answers.ts';
import { type KeptFacts, toFullName } from '../../github/facts.ts';
import { formatAnswerFault } from '../../github/faults.ts';
import { mergeFacts } from '../../github/merge.ts';
import type { OnlyRepository } from '../../github/only.ts';
import { listBranches, listSweptPaths, type OwnerPlan } from '../../github/planning.ts';
import { toLookupQuery } from '../../github/queries.ts';
import { PortalError } from '../../portal-error.ts';
import { type OwnerReading, type OwnerTools, toHalfRead } from './owner.ts';
import { keepTexts } from './sweep.ts';

/** An owner as the last sweep saw it; refused where there was none, because nothing of it could be shown. */
export function recallOwner(plan: OwnerPlan, { store }: OwnerTools): OwnerReading {
  const kept = store.findOwner(plan.host, plan.owner);
  if (kept === undefined)
    throw new PortalError(`The store knows nothing of \`${plan.owner}\`, so one repository cannot be read alone.`, {
      hint: 'Run once without --repository, and keep the store from build to build.',
    });
  const repositories = kept.repositories.map((facts) => ({ ...facts, isSeen: true }));
  const problems = kept.isPartial ? [toHalfRead(plan, repositories)] : [];
  return { plan, client: undefined, repositories, problems, notes: [] };
}

/** Asks for one repository of an owner, with one question; all others are as the last sweep saw them. */
export async function readOne(plan: OwnerPlan, only: OnlyRepository, tools: OwnerTools): Promise<OwnerReading[]> {
  const { accounts, store, time } = tools;
  const { host, owner, providers } = plan;
  const recalled = recallOwner(plan, tools);
  const client = await accounts.findClient(host, owner);
  if (client === undefined)
    throw new PortalError(`There is no credential for ${host}, so \`${owner}/${only.name}\` cannot be read.`, {
      hint: 'Give `integrations.github` a `token` or `apps` for it; `portolan doctor` says what they must be allowed to do.',
    });
  const shape = { branches: listBranches(providers), paths: listSweptPaths(providers) };
  const answer = await client.query(toLookupQuery(shape), { owner, name: only.name, whole: true });
  const node = answer.fault === undefined ? lookupSchema.safeParse(answer.data).data?.repository : undefined;
  const found = findAnsweredRepository(node, shape);
  const before = recalled.repositories;
  const isMeant = ({ name, databaseId }: KeptFacts) =>
    found ? databaseId === found.facts.databaseId : name.toLowerCase() === only.name.toLowerCase();
  const rest = { ...recalled, repositories: before.filter((facts) => !isMeant(facts)) };
  const one = { ...recalled, problems: [], client, repositories: before.filter(isMeant) };
  if (found === undefined) {
    const facts = { repository: `${owner}/${only.name}`, reason: formatAnswerFault(answer) };
    const problems = [toProblem('github-repository-failed', facts)];
    const notes = [`${facts.repository}, which was asked for, could not be read: ${facts.reason}`];
    return [rest, { ...one, repositories: one.repositories.map(toUnseen), problems, notes }];
  }
  keepTexts(found, store);
  const kept = mergeFacts(before, { repositories: [found.facts], refused: [], isWhole: false }, time, store.hasListing);
  store.keepOwner(host, owner, { ...store.findOwner(host, owner), repositories: kept });
  const fresh = kept.filter(isMeant).map((facts) => ({ ...facts, isSeen: true }));
  return [
    rest,
    {
      ...one,
      repositories: fresh,
      notes: [`only ${toFullName(found.facts)} was asked for; all others are as they were last listed`],
    },
  ];
}

const toUnseen = (facts: KeptFacts) => ({ ...facts, isSeen: false });
