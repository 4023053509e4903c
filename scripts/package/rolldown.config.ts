import { defineConfig } from 'rolldown';
import manifest from '../../package.json' with { type: 'json' };
import { entries } from './entries.ts';

const dependencies = Object.keys(manifest.dependencies);

/** Bundles our own sources into `dist/`, types stripped; the dependencies stay what the package manager installs. */
export default defineConfig({
  input: entries,
  platform: 'node',
  external: (name) => dependencies.some((dependency) => name === dependency || name.startsWith(`${dependency}/`)),
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js', // beside the entries: a worker is found beside whoever starts it
    cleanDir: true,
  },
});
