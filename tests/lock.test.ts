import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeLock, listMissing } from '../scripts/package/complete-lock.mjs';

const lock = {
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { tool: '2.0.0', vite: '8.0.0' } },
    'node_modules/@tool/linux-x64-gnu': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64-gnu': '2.0.0', '@tool/windows-arm64': '2.0.0', fsevents: '~2.3.3' },
    },
    'node_modules/vite/node_modules/tool': {
      version: '1.0.0',
      optionalDependencies: { '@tool/linux-x64-gnu': '1.0.0', '@tool/linux-x64-musl': '1.0.0' },
    },
  },
};

test('a lock is completed with the builds for other platforms, each where npm would put it', () => {
  const { packages } = completeLock(lock);
  const before = Object.keys(lock.packages);
  expect(Object.fromEntries(Object.entries(packages).filter(([key]) => !before.includes(key)))).toEqual({
    'node_modules/@tool/linux-x64-musl': {
      version: '1.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    },
    'node_modules/@tool/windows-arm64': { version: '2.0.0', dev: true, optional: true, os: ['win32'], cpu: ['arm64'] },
    'node_modules/tool/node_modules/@tool/linux-x64-gnu': {
      version: '2.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
    },
  });
  expect(listMissing({ packages })).toEqual([]);
});

test('the lock file of this project is complete and names no download addresses, so `npm ci` works with every registry', () => {
  const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  expect(listMissing(JSON.parse(text)).map(({ key }) => key)).toEqual([]);
  expect(text).not.toMatch(/"resolved": "https?:/);
});
