import { expect, test } from 'vitest';
import { createInMemoryForge } from '../../tests/in-memory-forge.ts';
import type { Forge } from '../ports.ts';
import { createForges } from './forges.ts';

const folder = createInMemoryForge({ checkout: { 'a.md': 'from the folder' }, local: { 'x.yaml': 'x' } });
const far = { id: 'acme/far', url: 'https://github.com/acme/far', branch: 'main' };
const people = { repository: { id: 'acme', url: 'https://github.com/orgs/acme', hasPages: true }, paths: ['teams/a'] };
const inner = createInMemoryForge({ 'acme/checkout': { 'a.md': 'from GitHub' }, 'acme/orders': { 'b.md': 'orders' } }, [
  { id: 'acme/checkout', url: 'https://github.com/Acme/checkout/', branch: 'main' },
  { id: 'acme/orders', url: 'https://github.com/acme/orders', branch: 'main' },
]);
const github: Forge = {
  ...inner,
  listRepositories: async () => ({ ...(await inner.listRepositories()), people: [people] }),
  findRepository: async (address) => (address.includes('/acme/far') ? far : undefined),
  fetchText: async (id, path) =>
    id === 'acme' || id === far.id ? { text: id, hash: path } : inner.fetchText(id, path),
};

test('several forges are one; what two of them have is the first one’s', async () => {
  const forge = createForges([folder, github]);
  const { repositories, people: crowds } = await forge.listRepositories();
  expect(repositories.map(({ id }) => id)).toEqual(['acme/orders', 'checkout', 'local']);
  expect(crowds).toEqual([people]);
  expect(await forge.fetchText('checkout', 'a.md')).toMatchObject({ text: 'from the folder' });
  expect(await forge.fetchText('acme/orders', 'b.md')).toMatchObject({ text: 'orders' });
  expect(await forge.fetchText('acme/checkout', 'a.md')).toEqual({ fault: 'absent' });
  expect(await forge.fetchText('acme', 'teams/a')).toMatchObject({ text: 'acme' });
});

test('a repository that is found later is read by the forge that found it', async () => {
  const forge = createForges([folder, github]);
  await forge.listRepositories();
  expect(await forge.fetchText(far.id, 'x')).toEqual({ fault: 'absent' });
  expect(await forge.findRepository?.('https://github.com/acme/far/blob/main/x')).toEqual(far);
  expect(await forge.fetchText(far.id, 'x')).toMatchObject({ text: far.id });
  expect(await forge.findRepository?.('https://github.com/acme/gone')).toBeUndefined();
});

test('files of this machine are those of the forge that knows it', async () => {
  const forge = createForges([folder, github]);
  expect(await forge.listLocalFiles('x.yaml', '')).toMatchObject([{ repository: { id: 'local' }, path: 'x.yaml' }]);
});

test('a folder is seen by whom the repository is seen by that it stands in for', async () => {
  const [repository] = (await inner.listRepositories()).repositories;
  const known = createInMemoryForge({}, repository ? [{ ...repository, visibility: 'private' }] : []);
  const { repositories } = await createForges([
    createInMemoryForge({ checkout: {}, other: {} }),
    known,
  ]).listRepositories();
  expect(repositories.map(({ id, visibility }) => [id, visibility])).toEqual([
    ['checkout', 'private'],
    ['other', undefined],
  ]);
});
