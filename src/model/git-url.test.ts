import { expect, test } from 'vitest';
import { findBrowserUrl, findGitAddress, isGitHost, isSameRepository } from './git-url.ts';

const orders = 'https://github.com/acme/orders';

test.each([
  ['https://github.com/acme/orders', { repository: orders }],
  ['https://github.com/acme/orders.git', { repository: orders }],
  ['https://github.com/acme/orders/', { repository: orders }],
  ['https://github.com/acme/orders/blob/main/a/b.yaml', { repository: orders, reference: 'main', path: 'a/b.yaml' }],
  ['https://github.com/acme/orders/tree/v1.2/docs', { repository: orders, reference: 'v1.2', path: 'docs' }],
  ['https://github.com/acme/orders/blob/-/a.yaml', { repository: orders, path: 'a.yaml' }],
  ['https://github.com/acme/orders/blob/feat/x/a.yaml', { repository: orders, reference: 'feat/x', path: 'a.yaml' }],
  ['https://github.com/acme/orders/blob/main/a%20b.yaml', { repository: orders, reference: 'main', path: 'a b.yaml' }],
  [
    'https://raw.githubusercontent.com/acme/orders/main/a.yaml',
    { repository: orders, reference: 'main', path: 'a.yaml' },
  ],
  [
    'https://raw.githubusercontent.com/acme/orders/refs/heads/main/a.yaml',
    { repository: orders, reference: 'main', path: 'a.yaml' },
  ],
  [
    'https://gitlab.acme.io/group/sub/orders/-/blob/main/a.yaml',
    { repository: 'https://gitlab.acme.io/group/sub/orders', reference: 'main', path: 'a.yaml' },
  ],
  [
    'https://bitbucket.org/acme/orders/src/main/a.yaml',
    { repository: 'https://bitbucket.org/acme/orders', reference: 'main', path: 'a.yaml' },
  ],
  [
    'https://git.acme.io/admin/orders/src/branch/main/a.yaml',
    { repository: 'https://git.acme.io/admin/orders', reference: 'main', path: 'a.yaml' },
  ],
  ['https://petstore.example.com/swagger.json', undefined],
  ['file:///etc/passwd', undefined],
  ['./a.yaml', undefined],
])('reads %s', (text, address) => expect(findGitAddress(text, 'feat/x')).toEqual(address));

test.each([
  ['git@github.com:acme/orders.git', orders],
  ['ssh://git@github.com:22/acme/orders.git', orders],
  ['https://user:secret@github.com/acme/orders.git', orders],
  ['https://github.com/acme/orders', orders],
  ['/srv/git/orders.git', undefined],
  ['../orders', undefined],
  ['file:///srv/git/orders', undefined],
])('opens the remote %s in a browser', (remote, url) => expect(findBrowserUrl(remote)).toBe(url));

test.each([
  [orders, 'https://GitHub.com/Acme/Orders.git/', true],
  [orders, 'https://github.com/acme/order', false],
])('compares %s with %s', (left, right, isSame) => expect(isSameRepository(left, right)).toBe(isSame));

test.each([
  ['https://github.com/x', [], true],
  ['https://ghe.acme.io/x', [], false],
  ['https://ghe.acme.io/x', ['ghe.acme.io'], true],
  ['not an address', [], false],
])('knows the host of %s', (text, hosts, isKnown) => expect(isGitHost(text, hosts)).toBe(isKnown));
