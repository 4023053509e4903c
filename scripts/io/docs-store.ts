import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocsStore } from '../ports.ts';
import { toDigest } from './snapshot.ts';

/** Keeps rendered docs in the snapshot: bodies in `docs/`, files for the site in `docs-files/`, results in `cache/docs/`. */
export function createDocsStore(snapshot: string): DocsStore {
  return createBodyStore(snapshot, 'docs');
}

/** Keeps rendered definitions of APIs in the same way, in `apis/` and `cache/apis/`. */
export function createApiStore(snapshot: string): DocsStore {
  return createBodyStore(snapshot, 'apis');
}

function createBodyStore(snapshot: string, name: string): DocsStore {
  const filesAt = `/${name}-files/`;
  const folders = {
    bodies: join(snapshot, name),
    files: join(snapshot, filesAt),
    results: join(snapshot, 'cache', name),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const used = { bodies: new Set<string>(), files: new Set<string>(), results: new Set<string>() };
  const keep = (kind: keyof typeof folders, name: string, content: string | Uint8Array) => {
    used[kind].add(name);
    const place = join(folders[kind], name);
    if (!existsSync(place)) writeWhole(place, content);
  };
  return {
    findResult: (key) => {
      const name = `${toDigest(key)}.json`;
      const place = join(folders.results, name);
      if (!existsSync(place)) return undefined;
      used.results.add(name);
      return readFileSync(place, 'utf8');
    },
    keepResult: (key, value) => {
      const name = `${toDigest(key)}.json`;
      rmSync(join(folders.results, name), { force: true });
      keep('results', name, value);
    },
    keepBody: (html) => {
      const key = toDigest(html);
      keep('bodies', `${key}.html`, html);
      return key;
    },
    readBody: (key) => readFileSync(join(folders.bodies, `${key}.html`), 'utf8'),
    measureBody: (key) => statSync(join(folders.bodies, `${key}.html`)).size,
    hasBody: (key) => existsSync(join(folders.bodies, `${key}.html`)),
    keepFile: (bytes, ending) => {
      const file = `${toDigest(bytes)}.${ending}`;
      keep('files', file, bytes);
      return `${filesAt}${file}`;
    },
    hasFile: (path) => existsSync(join(snapshot, path)),
    use: (bodies, files) => {
      for (const key of bodies) used.bodies.add(`${key}.html`);
      for (const path of files) used.files.add(path.slice(filesAt.length));
    },
    sweep: () => {
      for (const kind of ['bodies', 'files', 'results'] as const)
        for (const name of readdirSync(folders[kind]))
          if (!used[kind].has(name)) rmSync(join(folders[kind], name), { force: true });
    },
  };
}

/** Writes a file so that it is there whole or not at all: a build that dies leaves nothing broken behind. */
function writeWhole(place: string, content: string | Uint8Array): void {
  writeFileSync(`${place}.new`, content);
  renameSync(`${place}.new`, place);
}
