import { z } from 'zod';
import type { Finding } from '../../doctor/finding.ts';
import type { Budget } from '../../github/budget.ts';
import { judgeApp, judgeToken, toTokenKind } from '../../github/doctor/credential.ts';
import { judgeHost } from '../../github/doctor/host.ts';
import { judgeOwner } from '../../github/doctor/owner.ts';
import { type Answer, formatAnswerFault, formatFault } from '../../github/faults.ts';
import { listHosts, planOwners, toHost } from '../../github/planning.ts';
import type { GithubIntegration } from '../../settings/schema.ts';
import type { Settings } from '../../settings.ts';
import { createClient, type GithubClient } from './client.ts';
import { examineOwner } from './examine-owner.ts';
import { createParts, type GithubTools, type Parts } from './parts.ts';

const limitSchema = z.object({ limit: z.number(), remaining: z.number(), reset: z.number() });
const ratesSchema = z.object({ data: z.object({ resources: z.object({ core: limitSchema, graphql: limitSchema }) }) });
const metaSchema = z.object({
  data: z.object({ installed_version: z.string().optional() }),
  headers: z.object({ date: z.string().optional() }),
});
const userSchema = z.object({
  data: z.object({ login: z.string() }),
  headers: z.object({
    'x-oauth-scopes': z.string().optional(),
    'github-authentication-token-expiration': z.string().optional(),
  }),
});
const appSchema = z.object({
  data: z.object({ name: z.string(), permissions: z.record(z.string(), z.string()).default({}) }),
});

/** Tries everything that a build does on GitHub, once and small, and says what works and what is missing. */
export async function examineGithub(settings: Settings, tools: GithubTools): Promise<Finding[]> {
  const parts = createParts(settings, tools);
  const { github } = settings;
  const hosts = [...new Set([...listHosts(github), ...github.integrations.map(({ host }) => host)])].toSorted();
  const ofHosts = await Promise.all(hosts.map((host) => examineHost(host, settings, parts)));
  const open = new Set(hosts.filter((_host, at) => ofHosts[at]?.some(({ mark }) => mark === 'fine')));
  const owners = await listOwners(settings, parts);
  const ofOwners = await Promise.all(owners.map((owner) => judgeOwnerOf(owner, open, parts)));
  return [...ofHosts.flat(), ...ofOwners.flat()];
}

async function examineHost(host: string, { github }: Settings, parts: Parts): Promise<Finding[]> {
  const integrations = github.integrations.filter((each) => each.host.toLowerCase() === host.toLowerCase());
  const isNeeded = listHosts(github).includes(host);
  const wantsPeople = github.organizations.some((each) => toHost(each) === host);
  const found = await Promise.all(integrations.map((each) => examineIntegration(host, each, wantsPeople, parts)));
  if (found.flat().length > 0) return found.flat();
  const [lack] = github.lacking;
  const what = `There is no credential for ${host}.${lack ? ` ${lack.what}` : ''}`;
  const grant = `Give \`integrations.github\` of app-config.yaml a \`token\` or \`apps\` for ${host}.`;
  return [{ about: host, mark: isNeeded ? 'missing' : 'note', what, grant }];
}

async function examineIntegration(
  host: string,
  { token = '', apps = [] }: GithubIntegration,
  wantsPeople: boolean,
  parts: Parts,
): Promise<Finding[]> {
  const addresses = parts.accounts.toAddresses(host);
  const silence = await findSilence(addresses.api, parts.clients);
  if (silence !== undefined) return [toUnreached(host, addresses.api, formatFault('unreachable', silence))];
  const findings: Finding[] = [];
  let guest: GithubClient | undefined;
  for (const { appId, privateKey } of apps) {
    if (appId === undefined || privateKey === undefined) continue;
    const id = String(appId);
    const client = createClient(addresses, { type: 'app', appId: id, privateKey }, parts.clients);
    const answer = await client.read('/app');
    const installed = await parts.accounts.listOrganizations(host, id);
    const app = toData(answer, appSchema)?.data;
    if (app) findings.push(...judgeApp(host, { ...app, organizations: installed.organizations }, wantsPeople));
    else findings.push(toRefused(host, `The App ${id}`, answer, 'Check `appId` and `privateKey`, and the clock.'));
    guest = await parts.accounts.findGuest(host);
  }
  if (token.trim() !== '') {
    guest = createClient(addresses, { type: 'token', token: token.trim() }, parts.clients);
    const answer = await guest.read('/user');
    findings.push(...judgeUser(host, token.trim(), answer, parts.now()));
  }
  return guest ? [...(await examineLimits(host, guest, parts)), ...findings] : findings;
}

/** Why nothing answers at an address, asked once, without a credential and without the patience of a build. */
async function findSilence(api: string, { fetch, patience }: Parts['clients']): Promise<string | undefined> {
  try {
    await (await fetch(`${api}/meta`, { signal: AbortSignal.timeout(patience) })).body?.cancel();
    return undefined;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

const toData = <Schema extends z.ZodType>(answer: Answer, schema: Schema): z.infer<Schema> | undefined =>
  answer.fault === undefined ? schema.safeParse(answer.data).data : undefined;

const toRefused = (about: string, who: string, answer: Answer, grant: string): Finding => ({
  ...{ about, mark: 'missing', what: `${who} is not accepted: ${formatAnswerFault(answer)}.` },
  ...{ cost: 'Nothing of this host is in the portal.', grant },
});

const toUnreached = (about: string, api: string, reason: string): Finding => ({
  ...{ about, mark: 'missing', what: `Nothing answers as GitHub does at ${api}: ${reason}.` },
  cost: 'Nothing of this host is in the portal.',
  grant: 'Check `host` and `apiBaseUrl`, and the way there: proxy, certificate.',
});

function judgeUser(about: string, token: string, answer: Answer, now: number): Finding[] {
  const user = toData(answer, userSchema);
  const kind = toTokenKind(token, undefined);
  if (!user && kind === 'installation') return judgeToken(about, { kind, login: 'an App' }, now);
  if (!user)
    return [
      toRefused(
        about,
        'The token',
        answer,
        'Make a new token, and authorise it for the single sign-on of the organisation.',
      ),
    ];
  const written = user.headers['x-oauth-scopes'];
  const scopes = written
    ?.split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
  const expiresAt = user.headers['github-authentication-token-expiration'];
  const facts = { kind: toTokenKind(token, scopes), login: user.data.login };
  return judgeToken(
    about,
    { ...facts, ...(scopes && { scopes }), ...(expiresAt && { expiresAt: toIso(expiresAt) }) },
    now,
  );
}

/** GitHub writes `2026-12-24 08:00:00 UTC`. */
function toIso(text: string): string {
  const time = Date.parse(text.replace(' UTC', 'Z').replace(' ', 'T'));
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

async function examineLimits(host: string, client: GithubClient, parts: Parts): Promise<Finding[]> {
  const [meta, rates] = await Promise.all([client.read('/meta'), client.read('/rate_limit')]);
  const found = toData(meta, metaSchema);
  // What does not take the credential was reached; that is said of the credential.
  if (!found)
    return meta.fault === 'refused' || meta.fault === 'unknown'
      ? []
      : [toUnreached(host, client.addresses.api, formatAnswerFault(meta))];
  const limits = toData(rates, ratesSchema)?.data.resources;
  const { installed_version: version } = found.data;
  const facts = {
    api: client.addresses.api,
    ...(version !== undefined && { version }),
    ...(found.headers.date !== undefined && { date: found.headers.date }),
    ...(limits && { limits: { rest: toBudget(limits.core), graphql: toBudget(limits.graphql) } }),
  };
  return judgeHost(host, facts, parts.clients.stopAt, parts.now());
}

const toBudget = ({ limit, remaining, reset }: z.infer<typeof limitSchema>): Budget => ({
  ...{ limit, remaining },
  resetAt: new Date(reset * 1000).toISOString().replace('.000Z', 'Z'),
});

type Owner = { host: string; owner: string; wantsPeople: boolean };

/** The owners of providers, and the organisations whose people are wanted. */
async function listOwners({ github }: Settings, { accounts }: Parts): Promise<Owner[]> {
  const owners = new Map<string, Owner>();
  const add = (host: string, owner: string, wantsPeople: boolean) => {
    const key = `${host}/${owner}`.toLowerCase();
    owners.set(key, { host, owner, wantsPeople: wantsPeople || owners.get(key)?.wantsPeople === true });
  };
  for (const { host, owner } of planOwners(github.providers)) add(host, owner, false);
  for (const { host, app, organization } of github.providers)
    if (organization === undefined && app !== undefined)
      for (const owner of (await accounts.listOrganizations(host, String(app))).organizations) add(host, owner, false);
  for (const provider of github.organizations) {
    const host = toHost(provider);
    for (const owner of provider.orgs ?? (await accounts.listOrganizations(host)).organizations) add(host, owner, true);
  }
  return [...owners.values()];
}

async function judgeOwnerOf(
  { host, owner, wantsPeople }: Owner,
  open: ReadonlySet<string>,
  parts: Parts,
): Promise<Finding[]> {
  const about = `${owner} on ${host}`;
  const client = await parts.accounts.findClient(host, owner);
  if (client && !open.has(host))
    return [{ about, mark: 'note', what: `It was not looked at: first mend what is missing of ${host}.` }];
  if (client) return judgeOwner(about, await examineOwner(client, owner, wantsPeople, parts));
  const grant = 'Install the App with this organisation, or give the host a token.';
  const cost = 'Nothing of it is in the portal.';
  return [{ about, mark: 'missing', what: 'No credential is for this organisation.', cost, grant }];
}
