import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseProxyConfiguration } from '../scripts/settings.ts';

const folder = fileURLToPath(new URL('../deploy/identity/', import.meta.url));
const readText = (name: string) => readFileSync(`${folder}${name}`, 'utf8');
const readSettings = (name: string) =>
  parseProxyConfiguration(
    [{ path: 'app-config.yaml', text: readText(`${name}/app-config.yaml`) }],
    {},
    () => undefined,
  );

test.each([
  ['oauth2-proxy', { header: 'x-portal-assertion', audience: 'portal', algorithms: ['RS256'] }],
  ['cloudflare-access', { header: 'cf-access-jwt-assertion', algorithms: ['RS256'] }],
  ['aws-alb', { header: 'x-amzn-oidc-data', audience: 'portal', algorithms: ['ES256'] }],
])('the settings for %s are understood as they stand', (name, identity) => {
  const { value, problems } = readSettings(name);
  expect(problems).toEqual([]);
  expect(value.identity).toMatchObject(identity);
  expect(value).toMatchObject({ hosts: ['portal.example.org'], proxiesInFront: 1 });
});

test('nginx writes the header that the settings name, and oauth2-proxy hands it the token', () => {
  const header = readSettings('oauth2-proxy').value.identity?.header ?? '';
  const lines = readText('oauth2-proxy/nginx.conf').toLowerCase().split('\n');
  const locations = lines.filter((line) => line.includes('127.0.0.1:7007'));
  expect(lines.filter((line) => line.includes(`proxy_set_header ${header} $portal_assertion;`))).toHaveLength(
    locations.length,
  );
  expect(readText('oauth2-proxy/oauth2-proxy.cfg')).toMatch(/^set_authorization_header = true$/m);
});

test('the load balancer and the proxy speak of the same issuer and client', () => {
  const [action] = JSON.parse(readText('aws-alb/actions.json'));
  const { issuer, audience } = readSettings('aws-alb').value.identity ?? {};
  expect([issuer, audience]).toEqual([action.AuthenticateOidcConfig.Issuer, action.AuthenticateOidcConfig.ClientId]);
});
