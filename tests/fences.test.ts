import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

type Fence = {
  in: RegExp;
  /** What may be imported: a file from the top of the project, a package, `node:…`. */
  may: RegExp[];
  /** What may be imported as a type only, which leaves nothing behind in the program. */
  types?: RegExp[];
  never?: RegExp[];
};

const model = /^src\/model\//;
const aPackage = /^(@[^/]+\/)?[^:./]+(\/|$)(?<!^(src|scripts|tests)\/)/;
const connected = /^(astro|pagefind|octokit|@octokit|@aws-sdk|undici)(\/|$)/;
/** What stages are handed and what they say: no behaviour of another stage. */
const shared = /^scripts\/(ports|settings|portal-error|suggest|terminal)\.ts$/;
const aStage = /^scripts\/(?!io\/|package\/)/;
const browserModel = /^src\/model\/(ref|urls|graph|live)\.ts$/;

/** Who may import whom, most special first. Tests may import what they need. */
const fences: Fence[] = [
  { in: /^src\/model\//, may: [/^zod$/, model] },
  { in: /^src\/.*\.tsx$/, may: [/^react(-dom)?(\/|$)/, /^src\/components\/.*\.tsx$/, browserModel] },
  { in: /^src\/.*\.client\.ts$/, may: [/^src\/components\/.*\.(ts|css\?inline)$/, /^src\/styles\//, model] },
  // Astro's own side of a component runs at build: it may format, and hash what its page will run.
  { in: /^src\/components\//, may: [/^yaml$/, /^node:crypto$/, model, /^src\/(components|styles)\//] },
  {
    in: /^src\/pages\//,
    may: [/^astro:content$/, /^@iconify-json\//, model, /^src\/(components|styles)\//, /^src\/snapshot\.ts$/],
  },
  // The proxy's rules are pure; what touches a network, a file or a clock of its own stands in its `io/`.
  { in: /^src\/proxy\/io\//, may: [/^node:/, aPackage, model, /^src\/proxy\//] },
  {
    in: /^src\/proxy\//,
    may: [/^hono(\/|$)/, /^zod$/, /^lru-cache$/, model, /^src\/proxy\//],
    never: [/^src\/proxy\/io\//],
  },
  { in: /^src\/snapshot\.ts$/, may: [/^node:/, model] },
  { in: /^src\/content\.config\.ts$/, may: [/^astro[:/]/, model] },
  // What GitHub's answers mean is decided apart from the asking, in `scripts/github/`.
  {
    in: /^scripts\/io\/github\//,
    may: [/^node:/, aPackage, model, shared, /^scripts\/(io|github)\//],
    types: [aStage, /^src\/proxy\/settings\.ts$/],
  },
  // How people are let in is decided apart from sockets, issuers and seals, in `scripts/sign-in/`; it refuses in the proxy's words.
  {
    in: /^scripts\/sign-in\//,
    may: [/^zod$/, /^scripts\/sign-in\//, /^src\/proxy\/refusals\.ts$/],
  },
  {
    in: /^scripts\/io\/sign-in\//,
    may: [
      ...[/^node:/, aPackage, model, shared, /^scripts\/(io|sign-in)\//, /^scripts\/settings\/sign-in(-keys)?\.ts$/],
      /^src\/proxy\/(io\/limits|guard\/address)\.ts$/,
    ],
  },
  { in: /^scripts\/io\//, may: [/^node:/, aPackage, model, shared, /^scripts\/io\//], types: [aStage] },
  { in: /^scripts\/package\//, may: [/^node:/, /^rolldown$/, /^package\.json$/, /^scripts\/package\//] },
  { in: /^scripts\/(bin|bootstrap)\.mjs$/, may: [/^node:/, /^scripts\/package\/complete-lock\.mjs$/] },
  {
    in: /^scripts\/(portal|bench|docs-worker|bench\/github-reading)\.ts$/,
    may: [/^node:/, aPackage, model, /^scripts\//],
  },
  {
    in: /^scripts\/bench\//,
    may: [/^node:/, aPackage, model, /^scripts\/(bench|demo|io|render)\//, /^scripts\/apis\.ts$/],
  },
  { in: /^scripts\/commands\//, may: [/^node:/, aPackage, model, /^scripts\//, /^src\/proxy\//] },
  // What the demonstration's upstreams answer: servers on this machine in place of the real ones.
  { in: /^scripts\/demo\//, may: [/^node:/, aPackage, model, /^scripts\/demo\//] },
  { in: /^scripts\/build-site\.ts$/, may: [model, shared, /^scripts\/site\//], types: [aStage] },
  { in: /^scripts\/(pipeline|check)\.ts$/, may: [model, /^scripts\//], never: [/^scripts\/io\//] },
  // The renderer is a program of its own (`portolan docs`); the docs stage is what makes pages of the portal with it.
  {
    in: /^scripts\/docs[/.]/,
    may: [aPackage, model, shared, /^scripts\/(docs|render)[/.]/],
    types: [aStage],
    never: [connected],
  },
  // Definitions are read with the same care as catalog files, and their descriptions are the same short prose.
  {
    in: /^scripts\/apis[/.]/,
    may: [aPackage, model, shared, /^scripts\/apis[/.]/, /^scripts\/(compose\/prose|read\/(plain|yaml))\.ts$/],
    types: [aStage],
    never: [connected],
  },
  // The configuration is read here for the proxy too; what the proxy is told, it says itself.
  {
    in: /^scripts\/settings[/.]/,
    may: [aPackage, model, shared, /^scripts\/settings[/.]/],
    types: [aStage, /^src\/proxy\/settings\.ts$/],
    never: [connected],
  },
  { in: /^scripts\//, may: [aPackage, model, shared, /^scripts\/OWN[/.]/], types: [aStage], never: [connected] },
];

const top = fileURLToPath(new URL('..', import.meta.url));
const written =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/gm;
const aliases: [RegExp, string][] = [
  [/^#model\//, 'src/model/'],
  [/^#components\//, 'src/components/'],
];

/** A specifier as the fences name it: `./ref.ts` in `src/model/` is `src/model/ref.ts`. */
function toTarget(specifier: string, file: string): string {
  if (specifier.startsWith('.')) return join(dirname(file), specifier);
  return aliases.reduce((target, [alias, folder]) => target.replace(alias, folder), specifier);
}

type Import = { isType: boolean; target: string };

function listImports(file: string, text: string): Import[] {
  return [...text.matchAll(written)].map(([, type, first, second]) => ({
    isType: type !== undefined,
    target: toTarget(first ?? second ?? '', file),
  }));
}

/** Lists what a file imports and may not. */
function listTrespasses(file: string, text: string): string[] {
  const fence = fences.find((row) => row.in.test(file));
  if (!fence) return [`${file} lies where no fence stands: add a row for its folder`];
  const own = /^scripts\/([^/.]+)/.exec(file)?.[1] ?? '';
  const isIn = (rows: RegExp[] = [], target: string) =>
    rows.some(
      (row) => row.test(target) || row.test(target.replace(new RegExp(`^scripts/${own}(?=[/.])`), 'scripts/OWN')),
    );
  const isFree = ({ isType, target }: Import) =>
    !isIn(fence.never, target) && (isIn(fence.may, target) || (isType && isIn(fence.types, target)));
  return listImports(file, text)
    .filter((one) => !isFree(one))
    .map(({ target }) => `${file} imports ${target}`);
}

/** Follows the imports of files that run in the browser; lists every package that comes along, and by which file. */
function listLoad(files: string[]): string[] {
  const seen = new Set(files);
  const packages: string[] = [];
  for (const file of seen) {
    for (const { isType, target } of listImports(file, readFileSync(join(top, file), 'utf8'))) {
      if (isType) continue;
      if (/^src\/.*\.tsx?$/.test(target)) seen.add(target);
      else if (!/\.css(\?inline)?$/.test(target)) packages.push(`${file} imports ${target}`);
    }
  }
  return packages;
}

test('every source file imports only what its folder may', () => {
  const files = globSync('{src,scripts}/**/*.{ts,tsx,mjs,astro}', { cwd: top }).filter(
    (file) => !/(\.(test|d)|fixture|sample)\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.toSorted().flatMap((file) => listTrespasses(file, readFileSync(join(top, file), 'utf8')))).toEqual([]);
});

test('what runs in the browser brings nothing along but React: no schemas, no Node, no pages', () => {
  const files = globSync('src/**/*.{client.ts,tsx}', { cwd: top }).filter((file) => !file.includes('.test.'));
  expect(listLoad(files).filter((line) => !/ imports react(-dom)?(\/|$)/.test(line))).toEqual([]);
});

test.each([
  ['src/model/ref.ts', "import { z } from 'zod';", true],
  ['src/model/kinds/api.ts', "import { ref } from '../ref.ts';", true],
  ['src/model/ref.ts', "import { join } from 'node:path';", false],
  ['src/model/ref.ts', "export { x } from '../components/x.ts';", false],
  ['src/components/graph/Explorer.tsx', "import { useState } from 'react';", true],
  ['src/components/graph/Explorer.tsx', "import { entitySchema } from '#model/entity.ts';", false],
  ['src/components/layout/page.client.ts', "import { z } from 'zod';", false],
  ['src/components/ui/Icon.astro', "import { find } from '#model/urls.ts';", true],
  ['src/components/ui/Icon.astro', "import { collect } from '../../../scripts/pipeline.ts';", false],
  ['src/pages/index.astro', "import { app } from '../proxy/app.ts';", false],
  ['src/proxy/app.ts', "import { Hono } from 'hono';", true],
  ['src/proxy/app.ts', "import { read } from '../../scripts/read/read.ts';", false],
  ['scripts/read/read.ts', "import { parseDocument } from 'yaml';", true],
  ['scripts/read/read.ts', "import type { Forge } from '../ports.ts';", true],
  ['scripts/read/read.ts', "import { locate } from './locator.ts';", true],
  ['scripts/read/deep/read.ts', "import { locate } from '../locator.ts';", true],
  ['scripts/read/read.ts', "import { discover } from '../discover/discover.ts';", false],
  ['scripts/read/read.ts', "import { folder } from '../io/folder.ts';", false],
  ['scripts/read/read.ts', "const { readFile } = await import('node:fs/promises');", false],
  ['scripts/read/read.ts', "import { Octokit } from 'octokit';", false],
  ['scripts/read.ts', "import { locate } from './read/locator.ts';", true],
  ['scripts/read/read.ts', "import type { Settings } from '../settings.ts';", true],
  ['scripts/read.ts', "import type { Discovery } from './discover.ts';", true],
  ['scripts/read.ts', "import type { Folder } from './io/folder.ts';", false],
  ['scripts/read.ts', "import {\n  discover,\n  find,\n} from './discover.ts';", false],
  ['scripts/read.ts', "export * from './io/folder.ts';", false],
  ['scripts/read.ts', "import './io/folder.ts';", false],
  ['scripts/io/bucket.ts', "import { S3Client } from '@aws-sdk/client-s3';", true],
  ['scripts/io/bucket.ts', "import { plan } from '../publish/plan.ts';", false],
  ['scripts/io/github/sweep.ts', "import { toSweepQuery } from '../../github/queries.ts';", true],
  ['scripts/github/queries.ts', "import { sweepOwner } from '../io/github/sweep.ts';", false],
  ['scripts/portal.ts', "import { site } from '../src/pages/index.astro';", false],
  ['scripts/bootstrap.mjs', "import { z } from 'zod';", false],
  ['src/elsewhere/x.ts', '', false],
])('in %s %s is allowed: %s', (file, line, isAllowed) => {
  expect(listTrespasses(file, line).length === 0).toBe(isAllowed);
});
