import { createHash } from 'node:crypto';
import type { Catalog, Repository } from '#model/catalog.ts';
import type { DocsTools, PageWorkers } from '../ports.ts';
import { relate } from '../relate.ts';
import { createPreparer, type Preparer } from './prepare-pages.ts';

/** The tools of the docs stage over plain maps, for tests; `kept` holds the bodies by key and the files by address. */
export function createMemoryTools(): DocsTools & { kept: Map<string, string>; results: Map<string, string> } {
  const kept = new Map<string, string>();
  const results = new Map<string, string>();
  const toName = (content: string | Uint8Array) => createHash('sha1').update(content).digest('hex').slice(0, 8);
  const keep = (key: string, text: string) => {
    kept.set(key, text);
    return key;
  };
  return {
    kept,
    results,
    store: {
      findResult: (key) => results.get(key),
      keepResult: (key, value) => results.set(key, value),
      keepBody: (html) => keep(toName(html), html),
      readBody: (key) => kept.get(key) ?? '',
      measureBody: (key) => kept.get(key)?.length ?? 0,
      hasBody: (key) => kept.has(key),
      keepFile: (bytes, ending) => keep(`/docs-files/${toName(bytes)}.${ending}`, new TextDecoder().decode(bytes)),
      hasFile: (path) => kept.has(path),
      use: () => undefined,
      sweep: () => undefined,
    },
    pages: toOneThread(createPreparer({ highlight: () => undefined, icon: () => undefined, emoji: () => undefined })),
    measure: () => ({ width: 640, height: 480 }),
    program: '1',
    base: '/portal/',
    frameHosts: [],
    schemes: [],
    deflate: (text) => new TextEncoder().encode(text),
    diagrams: { draw: async () => ({ message: 'nothing is drawn in tests' }), close: async () => undefined },
    hosts: [],
  };
}

/** Renders pages where it is called. */
function toOneThread({ open, prepare, close }: Preparer): PageWorkers {
  return { open, close, prepare: async (tree, slice) => prepare(tree, slice), end: async () => undefined };
}

type Announced = { at: string; annotations: Record<string, string> };

/** A catalog of components, each described in a file of a repository (`shop/api/catalog-info.yaml`). */
export function toDocsCatalog(components: Readonly<Record<string, Announced>>, repositories: Repository[]): Catalog {
  const entities = Object.entries(components).map(([name, { at, annotations }]) => {
    const place = { repository: at.slice(0, at.indexOf('/')), path: at.slice(at.indexOf('/') + 1), line: 3, column: 1 };
    const entity = { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name, annotations } };
    return { ref: `component:default/${name}`, entity, place, references: [], locate: () => place };
  });
  return relate({ entities, problems: [] }, repositories);
}
