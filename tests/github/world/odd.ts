import type { Files } from '../git/import.ts';
import type { OrganisationSeed, RepositorySeed } from './seed.ts';

const toCatalog = (name: string) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
  owner: guests
`;

const pointer = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
`;

/** Bytes that no text has. */
export const binary: Uint8Array = Uint8Array.from({ length: 2048 }, (_, at) => (at * 7) % 256);

const foreignCommit = '1234567890123456789012345678901234567890';

const toMany = (folder: string, count: number): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${folder}/page-${at}.md`, `# Page ${at}\n`]));

const repositories: readonly RepositorySeed[] = [
  {
    name: 'links',
    files: {
      'catalog-info.yaml': toCatalog('links'),
      'mkdocs.yml': 'site_name: Links\n',
      'docs/index.md': '# Links\n',
      'docs/inside.md': { link: 'index.md' },
      'docs/outside.md': { link: '../../secrets' },
      'docs/absolute.md': { link: '/etc/passwd' },
      vendored: { submodule: foreignCommit },
      '.gitmodules': '[submodule "vendored"]\n\tpath = vendored\n\turl = https://github.com/acme/vendored\n',
      'bin/run.sh': { program: '#!/bin/sh\n' },
    },
  },
  {
    name: 'binaries',
    files: {
      'catalog-info.yaml': toCatalog('binaries'),
      'mkdocs.yml': 'site_name: Binaries\n',
      'docs/index.md': '# Binaries\n\n![A picture](picture.png)\n![Kept elsewhere](kept-elsewhere.png)\n',
      'docs/picture.png': binary,
      'docs/kept-elsewhere.png': pointer,
      'docs/long.md': '# Long\n\n'.concat('All work and no play.\n'.repeat(60_000)),
      '.gitattributes': '*.png filter=lfs diff=lfs merge=lfs -text\n',
    },
  },
  { name: 'empty' },
  { name: 'no-catalog', files: { 'README.md': '# Nothing to see\n' } },
  { name: 'short-ending', files: { 'catalog-info.yml': toCatalog('short-ending') } },
  {
    name: 'nested',
    files: { 'services/a/catalog-info.yaml': toCatalog('nested-a'), ...toMany('services/a/docs', 40) },
  },
  { name: 'archived', isArchived: true, files: { 'catalog-info.yaml': toCatalog('archived') } },
  { name: 'fork', isFork: true, visibility: 'public', files: { 'catalog-info.yaml': toCatalog('fork') } },
  { name: 'public', visibility: 'public', topics: ['open'], files: { 'catalog-info.yaml': toCatalog('public') } },
  { name: 'internal', visibility: 'internal', files: { 'catalog-info.yaml': toCatalog('internal') } },
  { name: 'trunk', defaultBranch: 'release/2026', files: { 'catalog-info.yaml': toCatalog('trunk') } },
  {
    name: 'branches',
    files: { 'catalog-info.yaml': toCatalog('branches') },
    branches: { 'feature/portal': { 'catalog-info.yaml': toCatalog('branches-feature') } },
  },
  { name: 'renamed', formerNames: ['old-name'], files: { 'catalog-info.yaml': toCatalog('renamed') } },
  { name: 'taken-down', denial: 'blocked', files: { 'catalog-info.yaml': toCatalog('taken-down') } },
  { name: 'protected', denial: 'sso', files: { 'catalog-info.yaml': toCatalog('protected') } },
  { name: 'disabled', isDisabled: true, files: { 'catalog-info.yaml': toCatalog('disabled') } },
  {
    name: 'busy',
    files: { 'catalog-info.yaml': toCatalog('busy'), '.github/workflows/build.yml': 'on: push\n' },
    runs: [
      { id: 7001, name: 'Build', path: '.github/workflows/build.yml', status: 'completed', conclusion: 'success' },
    ],
    pulls: [{ number: 12, title: 'Describe the service', author: 'octavia', isDraft: true }],
  },
];

/** An organisation with one repository of every kind that is out of the ordinary. */
export function toOddities(login = 'oddities'): OrganisationSeed {
  return {
    login,
    name: 'Oddities',
    repositories,
    members: [{ login: 'octavia', name: 'Octavia', email: 'octavia@acme.example', role: 'ADMIN' }, { login: 'nemo' }],
    teams: [
      { slug: 'everybody', name: 'Everybody', members: ['octavia'] },
      { slug: 'inner-circle', name: 'Inner circle', parent: 'everybody', members: ['octavia', 'nemo'], isSecret: true },
      { slug: 'nobody', name: 'Nobody' },
    ],
  };
}
