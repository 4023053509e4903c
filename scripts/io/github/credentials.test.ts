import { expect, test } from 'vitest';
import { toGithubHosts } from './credentials.ts';

const refuse = async () => {
  throw new Error('No network is needed here.');
};
const tools = { fetch: refuse, now: () => 0 };

test('a token is sent as it is, and a host without one is asked as a guest', async () => {
  const [first, second] = toGithubHosts([{ host: 'github.com', token: ' t ' }, { host: 'ghe.example.org' }], tools);
  expect(await first?.toCredential('acme')?.()).toEqual({ authorization: 'Bearer t' });
  expect(first).toMatchObject({ apiUrl: 'https://api.github.com', webUrl: 'https://github.com' });
  expect(second?.toCredential('acme')).toBeUndefined();
  expect(second?.apiUrl).toBe('https://ghe.example.org/api/v3');
});

test('an App that cannot sign in lets in nobody, and throws nothing', async () => {
  const apps = [{ appId: 1, privateKey: 'no key' }];
  const [host] = toGithubHosts([{ host: 'github.com', apps }], tools);
  expect(await host?.toCredential('acme')?.()).toEqual({});
});
