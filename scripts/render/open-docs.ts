import { collectDocs, type Docs } from './collect.ts';
import type { Host } from './extensions/define.ts';
import { findConfig, readSite, type Site } from './mkdocs.ts';
import type { DocsTree } from './tree.ts';

export type RenderOptions = {
  /** What the docs are called where their configuration does not say. */
  name: string;
  /** Id of the repository, for the places of problems. */
  repository?: string;
  config?: string;
  host?: Partial<Host>;
  /** Hosts whose pages may be framed; `*` stands for all. None by default. */
  frameHosts?: readonly string[];
  /** Schemes that links may have beside the usual ones, without the colon. */
  schemes?: readonly string[];
};

/** A docs tree of which is known what it consists of, before any page of it is read. */
export type OpenDocs = { config?: string; site: Site; docs: Docs };

/** Reads the configuration of a tree and lists what belongs to it. */
export function openDocs(tree: DocsTree, { config: named, name }: Pick<RenderOptions, 'config' | 'name'>): OpenDocs {
  const config = findConfig(tree, named);
  const site = readSite(tree, config, name);
  return { ...(config && { config }), site, docs: collectDocs(tree, site) };
}
