import { expect, test } from 'vitest';
import { findCommitUrl } from './forge-addresses.ts';

const commit = 'a'.repeat(40);

test.each([
  ['https://github.com/acme/shop', `https://github.com/acme/shop/commit/${commit}`],
  ['https://gitlab.acme.io/acme/shop', `https://gitlab.acme.io/acme/shop/-/commit/${commit}`],
  ['https://bitbucket.org/acme/shop', `https://bitbucket.org/acme/shop/commits/${commit}`],
  ['javascript://github.com/%0aalert(1)', undefined],
])('a commit of %s is at %s', (url, address) => {
  expect(findCommitUrl(url, commit)).toBe(address);
});
