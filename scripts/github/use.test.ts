import { expect, test } from 'vitest';
import { PortalError } from '../portal-error.ts';
import { parseSettings } from '../settings.ts';
import { planGithubUse } from './use.ts';

const provider = 'catalog: {providers: {github: {organization: acme}}}\n';
const sources = 'portal: {sources: [{folder: x}]}\n';
const integration = 'integrations: {github: [{host: github.com, token: "${GITHUB_TOKEN}"}]}\n';

const plan = (text: string, hasToken: boolean, isOffline = false) =>
  planGithubUse(parseSettings([{ path: 'app-config.yaml', text }], {}, () => undefined).value, {
    isOffline,
    hasCredential: () => hasToken,
  });

test.each([
  ['folders alone', sources, true, false, []],
  ['an organisation with a token', provider, true, true, []],
  ['both with a token', provider + sources, true, true, []],
  ['both without a token', provider + sources, false, false, ['github-credentials-missing']],
  ['an organisation that is not to be read', `${provider}portal: {github: {read: false}}`, true, false, []],
])('%s', (_case, text, hasToken, isRead, codes) => {
  const { problems, ...use } = plan(text, hasToken);
  expect(use).toEqual({ isRead });
  expect(problems.map(({ code }) => code)).toEqual(codes);
});

test('without a token and without folders there is nothing to build, unless from the store', () => {
  expect(() => plan(provider + integration, false)).toThrow(PortalError);
  expect(() => plan(provider + integration, false)).toThrow(/credential for github\.com, where acme/);
  expect(plan(provider, false, true)).toEqual({ isRead: true, problems: [] });
});
