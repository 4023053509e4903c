import { type Problem, toProblem } from '#model/problems.ts';
import { findNearKey } from '../suggest.ts';
import { type JsonSchema, toConfigurationSchema } from './json-schema.ts';
import { type SettingRow, settingRows } from './reference.ts';
import type { SectionReader } from './sections.ts';
import type { Tree } from './tree.ts';

/**
 * The keys below a section of ours that no setting has; one that would decide who sees what is an error. What the reader has told
 * of already is not told of twice.
 */
export function listUnknownSettings(
  reader: SectionReader,
  section: string,
  rows: readonly SettingRow[] = settingRows,
): Problem[] {
  const tree = reader.findTree(section);
  if (tree === undefined) return [];
  const schema = section.split('.').reduce<JsonSchema[]>(listChildren, [toConfigurationSchema(rows)]);
  const guarded = rows.flatMap(({ path, guards }) => (guards ? [path] : []));
  const isGuarded = (path: string) => guarded.some((each) => path === each || path.startsWith(`${each}.`));
  const isTold = (name: string) => reader.problems.some(({ what }) => what.includes(`\`${name}\``));
  const unknown = listUnknown(tree, section, schema).filter(({ path, key }) => !isTold(path) && !isTold(key));
  return unknown.map(({ path, near, place }) => {
    const meant = near === undefined ? path : `${path.slice(0, path.lastIndexOf('.') + 1)}${near}`;
    const code = isGuarded(path) || isGuarded(meant) ? 'setting-unknown-guard' : 'setting-unknown';
    return toProblem(code, { key: path, near }, { place });
  });
}

type Unknown = { path: string; key: string; near: string | undefined; place: Tree['place'] };

function listUnknown(tree: Tree, path: string, schemas: readonly JsonSchema[]): Unknown[] {
  if (tree.type === 'list')
    return tree.trees.flatMap((child, at) => listUnknown(child, `${path}[${at}]`, listEntries(schemas)));
  if (tree.type !== 'map') return [];
  const known = schemas.flatMap(({ properties = {} }) => Object.keys(properties));
  return [...tree.entries].flatMap(([key, { place, tree: child }]): Unknown[] => {
    const inner = listChildren(schemas, key);
    if (inner.length > 0) return listUnknown(child, `${path}.${key}`, inner);
    return known.length === 0 ? [] : [{ path: `${path}.${key}`, key, near: findNearKey(key, known), place }];
  });
}

const toBranches = (schema: JsonSchema): JsonSchema[] => [schema, ...(schema.anyOf ?? []).flatMap(toInner)];
const toInner = (schema: JsonSchema | boolean): JsonSchema[] => (typeof schema === 'boolean' ? [] : toBranches(schema));

/** What the value of a key may be; nothing where there is no such key. */
function listChildren(schemas: readonly JsonSchema[], key: string): JsonSchema[] {
  return schemas.flatMap(({ properties = {}, additionalProperties = false }) => {
    const own = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    return own === undefined ? [] : toInner(own);
  });
}

/** What the entries of a list may be. */
const listEntries = (schemas: readonly JsonSchema[]): JsonSchema[] =>
  schemas.flatMap(({ items = false }) => (Array.isArray(items) ? items : [items]).flatMap(toInner));
