import type { Finding } from '../../doctor/finding.ts';
import { contentsCost, grants, membersCost, type TokenKind } from './credential.ts';

/** A number that GitHub gave, or why it did not. */
export type Counted = { count: number; fault?: undefined } | { fault: string };

/** What can be seen of an owner with the credential that is used for it. */
export type OwnerFacts = {
  kind: TokenKind | 'app';
  repositories: Counted;
  private: number;
  /** Why nothing was asked of it. */
  unasked?: string;
  /** Undefined where people are not asked for. */
  people?: { members: Counted; teams: Counted };
  /** What git could fetch; undefined when there is no repository to try it with. */
  fetched?: { repository: string; files: number; fault?: undefined } | { repository: string; fault: string };
};

/** Whether an owner's repositories, teams and members are there for a credential, and whether git can fetch. */
export function judgeOwner(about: string, facts: OwnerFacts): Finding[] {
  if (facts.unasked !== undefined) return [{ about, mark: 'limited', what: `It was not looked at: ${facts.unasked}.` }];
  return [...judgeRepositories(about, facts), ...judgeGit(about, facts), ...judgePeople(about, facts)];
}

const number = (count: number) => count.toLocaleString('en-US');
const plural = (count: number, one: string, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

function judgeRepositories(about: string, { repositories, private: hidden, kind }: OwnerFacts): Finding[] {
  const grant = grants.contents[kind];
  if (repositories.fault !== undefined)
    return [
      {
        about,
        mark: 'missing',
        what: `Its repositories cannot be listed: ${repositories.fault}.`,
        cost: 'Nothing of it is in the portal.',
        grant,
      },
    ];
  if (repositories.count === 0)
    return [
      {
        about,
        mark: 'missing',
        what: 'It has no repository that can be seen.',
        cost: 'Nothing of it is in the portal.',
        grant,
      },
    ];
  const seen: Finding = {
    about,
    mark: 'fine',
    what: `${plural(repositories.count, 'repository', 'repositories')} can be seen, ${hidden === 0 ? 'none' : number(hidden)} of them private or internal.`,
  };
  const doubt: Finding = {
    about,
    mark: 'note',
    what: 'If it has private repositories, this credential does not see them.',
    grant,
  };
  return hidden === 0 ? [seen, doubt] : [seen];
}

function judgeGit(about: string, { fetched, kind }: OwnerFacts): Finding[] {
  if (fetched === undefined) return [{ about, mark: 'note', what: 'No repository has a commit to try git with.' }];
  const { repository } = fetched;
  if (fetched.fault === undefined)
    return [{ about, mark: 'fine', what: `git fetched ${repository}, which has ${plural(fetched.files, 'file')}.` }];
  return [
    {
      about,
      mark: 'missing',
      what: `git cannot fetch ${repository}: ${fetched.fault}.`,
      cost: contentsCost,
      grant: grants.contents[kind],
    },
  ];
}

function judgePeople(about: string, { people, kind }: OwnerFacts): Finding[] {
  if (people === undefined)
    return [{ about, mark: 'note', what: 'Its people are not asked for (`catalog.providers.githubOrg`).' }];
  const { members, teams } = people;
  const fault = members.fault ?? teams.fault;
  if (fault !== undefined)
    return [
      {
        about,
        mark: 'limited',
        what: `Its people cannot be read: ${fault}.`,
        cost: membersCost,
        grant: grants.members[kind],
      },
    ];
  const toCount = (counted: Counted) => ('count' in counted ? counted.count : 0);
  const [humans, groups] = [plural(toCount(members), 'member'), plural(toCount(teams), 'team')];
  return [{ about, mark: 'fine', what: `${humans} and ${groups} can be seen.` }];
}
