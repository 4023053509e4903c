import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'astro/config';

/** The snapshot that the pages are made of, and where the finished pages go; `portolan build` sets both. */
const snapshot = process.env.PORTOLAN_SNAPSHOT ?? '.portal';
const site = JSON.parse(readFileSync(join(snapshot, 'site.json'), 'utf8'));

/** Small modules that many scripts share come in one file each time, rather than in a request each. */
const groups = [
  {
    name: 'shared',
    test: /preload-helper|src\/(?:model\/(?:build-file|ref|urls)|components\/(?:lists\/(?:icon|markup)|layout\/(?:ago|browser-memory|tab-memory)|search\/dom\.client))\.ts$/,
  },
  { name: 'live', test: /src\/(?:components\/widgets\/(?!logs)[\w.-]+|model\/live\/[\w.-]+)\.ts$/ },
];

export default defineConfig({
  base: site.base,
  outDir: process.env.PORTOLAN_PAGES ?? 'dist/site',
  cacheDir: join(snapshot, 'cache', 'astro'),
  publicDir: process.env.PORTOLAN_PUBLIC ?? 'src/assets',
  trailingSlash: 'always',
  compressHTML: true,
  devToolbar: { enabled: false },
  build: { format: 'directory', inlineStylesheets: 'never', concurrency: 8 },
  vite: {
    cacheDir: join(snapshot, 'cache', 'vite'),
    build: { assetsInlineLimit: 0, cssCodeSplit: false },
    ssr: { noExternal: [/^#/] },
    environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } } },
  },
});
