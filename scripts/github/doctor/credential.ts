import type { Finding } from '../../doctor/finding.ts';

/** What is known of a token: how it looks, and what GitHub says beside the answer. */
export type TokenFacts = { kind: TokenKind; login: string; scopes?: string[]; expiresAt?: string };
export type TokenKind = 'classic' | 'fine-grained' | 'installation' | 'other';

const kinds: readonly [prefix: string, TokenKind][] = [
  ['ghp_', 'classic'],
  ['github_pat_', 'fine-grained'],
  ['ghs_', 'installation'],
];

/** The kind of a token by how it begins; scopes are what only classic ones have. */
export function toTokenKind(token: string, scopes: readonly string[] | undefined): TokenKind {
  const known = kinds.find(([prefix]) => token.startsWith(prefix))?.[1];
  return known ?? (scopes === undefined ? 'other' : 'classic');
}

const names: Readonly<Record<TokenKind, string>> = {
  classic: 'a personal access token (classic)',
  'fine-grained': 'a fine-grained personal access token',
  installation: 'a token of an installed App',
  other: 'a token',
};

/** What must be granted to a token of a kind, in the words of its page. */
export const grants: Readonly<Record<'contents' | 'members', Readonly<Record<TokenKind | 'app', string>>>> = {
  contents: {
    classic: 'Grant the token the scope `repo`.',
    'fine-grained': 'Grant “Repository permissions › Contents: Read-only” and “Metadata: Read-only” to the token.',
    installation:
      'Grant “Repository permissions › Contents: Read-only” to the App, and accept it where it is installed.',
    app: 'Grant “Repository permissions › Contents: Read-only” to the App, and accept it where it is installed.',
    other: 'Grant it read access to the contents of repositories.',
  },
  members: {
    classic: 'Grant the token the scope `read:org`.',
    'fine-grained': 'Grant “Organization permissions › Members: Read-only” to the token.',
    installation:
      'Grant “Organization permissions › Members: Read-only” to the App, and accept it where it is installed.',
    app: 'Grant “Organization permissions › Members: Read-only” to the App, and accept it where it is installed.',
    other: 'Grant it read access to the members of the organisation.',
  },
};

const day = 24 * 60 * 60 * 1000;

/** Who the token is, what it may do, and how long it lives. */
export function judgeToken(about: string, facts: TokenFacts, now: number): Finding[] {
  const { kind, login, scopes, expiresAt } = facts;
  const has =
    scopes === undefined
      ? ''
      : `, with ${scopes.length === 0 ? 'no scopes' : `the scopes ${scopes.map((scope) => `\`${scope}\``).join(', ')}`}`;
  const who: Finding = { about, mark: 'fine', what: `Signed in as ${login} by ${names[kind]}${has}.` };
  const isBlind = scopes !== undefined && !scopes.includes('repo');
  const blind: Finding = {
    about,
    mark: 'limited',
    what: 'The token has no scope `repo`.',
    cost: 'Without it private and internal repositories are not there: neither listed nor reported.',
    grant: grants.contents.classic,
  };
  return [who, ...(isBlind ? [blind] : []), ...judgeExpiry(about, expiresAt, now)];
}

function judgeExpiry(about: string, expiresAt: string | undefined, now: number): Finding[] {
  if (expiresAt === undefined) return [];
  const left = Math.floor((Date.parse(expiresAt) - now) / day);
  if (Number.isNaN(left)) return [];
  const what = `The token expires on ${expiresAt.slice(0, 10)}, in ${left} ${left === 1 ? 'day' : 'days'}.`;
  if (left >= 14) return [{ about, mark: 'fine', what }];
  const grant = 'Regenerate it under “Settings › Developer settings”, or use an App, whose tokens renew themselves.';
  return [{ about, mark: 'limited', what, cost: 'After that every night ends with yesterday’s portal.', grant }];
}

export type AppFacts = {
  name: string;
  permissions: Readonly<Record<string, string>>;
  organizations: readonly string[];
};

/** What an App may do and where it is installed. */
export function judgeApp(
  about: string,
  { name, permissions, organizations }: AppFacts,
  wantsPeople: boolean,
): Finding[] {
  const places = organizations.length === 0 ? 'nowhere' : `with ${organizations.join(', ')}`;
  const may = Object.entries(permissions).map(([key, level]) => `\`${key}: ${level}\``);
  const findings: Finding[] = [
    {
      about,
      mark: organizations.length === 0 ? 'missing' : 'fine',
      what: `The App ${name} is installed ${places}; it has ${may.join(', ') || 'no permissions'}.`,
      ...(organizations.length === 0 && { grant: 'Install it under “Install App”, with all repositories.' }),
    },
  ];
  if (permissions.contents === undefined)
    findings.push({
      about,
      mark: 'missing',
      what: 'The App may not read contents.',
      cost: contentsCost,
      grant: grants.contents.app,
    });
  if (wantsPeople && permissions.members === undefined)
    findings.push({
      about,
      mark: 'limited',
      what: 'The App may not read members.',
      cost: membersCost,
      grant: grants.members.app,
    });
  return findings;
}

export const contentsCost = 'Without `contents: read` there are no catalog files and no docs.';
export const membersCost = 'Without `members: read` there are no teams and people: owners that are groups dangle.';
