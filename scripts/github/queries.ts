/** The branches that a sweep looks at; the empty one is the default branch. */
export type SweepShape = {
  branches: readonly string[];
  /** Paths of catalog files whose text comes with the sweep. */
  paths: readonly string[];
};

const rateLimit = 'rateLimit { cost limit remaining resetAt }';
const quote = (text: string) => JSON.stringify(text);
const toExpression = (branch: string) => (branch === '' ? 'HEAD' : `refs/heads/${branch}`);

/** What is asked of every repository. `$whole` adds the texts of catalog files. */
function toFacts({ branches, paths }: SweepShape): string {
  const heads = branches.map(
    (branch, at) => `head${at}: object(expression: ${quote(toExpression(branch))}) { ...head }`,
  );
  const texts = branches.flatMap((branch, at) =>
    paths.map(
      (path, number) =>
        `text${at}_${number}: object(expression: ${quote(`${toExpression(branch)}:${path}`)}) @include(if: $whole) { ...text }`,
    ),
  );
  return `fragment facts on Repository {
  id databaseId name url visibility isArchived isFork owner { login }
  repositoryTopics(first: 20) { nodes { topic { name } } }
  defaultBranchRef { name }
  ${[...heads, ...texts].join('\n  ')}
}
fragment head on Commit {
  oid committedDate
  tree { oid }
}
${texts.length === 0 ? '' : 'fragment text on Blob { oid byteSize isBinary isTruncated text }'}`;
}

/** The page of an owner's repositories after a cursor. It costs one point, however long it is. */
export function toSweepQuery(shape: SweepShape): string {
  return `query sweep($login: String!, $first: Int!, $after: String, $whole: Boolean!) {
  ${rateLimit}
  repositoryOwner(login: $login) {
    repositories(first: $first, after: $after, ownerAffiliations: [OWNER], orderBy: {field: NAME, direction: ASC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...facts }
    }
  }
}
${toFacts(shape)}`;
}

/** The default branch alone, without texts. */
export const defaultShape: SweepShape = { branches: [''], paths: [] };

/** One repository by its name, wherever it moved. */
export function toLookupQuery(shape: SweepShape = defaultShape): string {
  const whole = shape.paths.length === 0 ? '' : ', $whole: Boolean!';
  return `query lookup($owner: String!, $name: String!${whole}) {
  ${rateLimit}
  repository(owner: $owner, name: $name, followRenames: true) { ...facts }
}
${toFacts(shape)}`;
}

/** What became of repositories that an owner no longer lists. */
export const whereaboutsQuery = `query whereabouts($ids: [ID!]!) {
  ${rateLimit}
  nodes(ids: $ids) { ... on Repository { id databaseId name owner { login } } }
}`;

/** Up to a hundred blobs of any repositories, for one point; the answers are `r0 { b0 … }`, in the order of the groups. */
export function toBlobsQuery(groups: readonly { nodeId: string; oids: readonly string[] }[]): string {
  const parts = groups.map(({ nodeId, oids }, at) => {
    const blobs = oids.map((oid, number) => `b${number}: object(oid: ${quote(oid)}) { ...blob }`);
    return `r${at}: node(id: ${quote(nodeId)}) { ... on Repository { ${blobs.join(' ')} } }`;
  });
  return `query blobs {
  ${rateLimit}
  ${parts.join('\n  ')}
}
fragment blob on Blob { oid byteSize isBinary isTruncated text }`;
}

/** Members of an organisation; e-mail addresses only where they are wanted. */
export function toMembersQuery({ emails, suspended }: { emails: boolean; suspended: boolean }): string {
  const more = [
    ...(emails ? ['email', 'organizationVerifiedDomainEmails(login: $login)'] : []),
    ...(suspended ? ['suspendedAt'] : []),
  ];
  return `query members($login: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $login) {
    membersWithRole(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { login databaseId id name bio avatarUrl ${more.join(' ')} }
    }
  }
}`;
}

/** Teams of an organisation, each with its first hundred direct members. */
export const teamsQuery = `query teams($login: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $login) {
    teams(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        slug combinedSlug name description avatarUrl editTeamUrl parentTeam { slug }
        members(first: 100, membership: IMMEDIATE) { pageInfo { hasNextPage endCursor } nodes { login } }
      }
    }
  }
}`;

/** The direct members of one team after a cursor. */
export const teamMembersQuery = `query teamMembers($login: String!, $slug: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $login) {
    team(slug: $slug) {
      members(first: $first, after: $after, membership: IMMEDIATE) {
        pageInfo { hasNextPage endCursor }
        nodes { login }
      }
    }
  }
}`;

/** How many repositories of an owner can be seen, and some of them to try git with. */
export const repositoriesExamQuery = `query repositoriesExam($login: String!) {
  ${rateLimit}
  repositoryOwner(login: $login) {
    all: repositories(first: 20, ownerAffiliations: [OWNER]) {
      totalCount
      nodes { name defaultBranchRef { target { ... on Commit { oid tree { oid } } } } }
    }
    hidden: repositories(first: 1, ownerAffiliations: [OWNER], privacy: PRIVATE) { totalCount }
  }
}`;

/** How many members and teams of an organisation can be seen. */
export const peopleExamQuery = `query peopleExam($login: String!) {
  ${rateLimit}
  organization(login: $login) { membersWithRole(first: 1) { totalCount } teams(first: 1) { totalCount } }
}`;
