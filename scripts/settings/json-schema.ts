import { z } from 'zod';
import type { SettingForm, SettingRow } from './reference.ts';

/** A JSON Schema, as far as settings need one. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What each form makes of the schema of a value. */
const wrappings: Record<SettingForm, (schema: JsonSchema) => JsonSchema> = {
  value: (schema) => schema,
  list: (schema) => ({ type: 'array', items: schema }),
  map: (schema) => ({ type: 'object', additionalProperties: schema }),
};

/** The schema of the value of a setting, or of each of its entries, as it is written. */
export function toValueSchema({ schema }: Pick<SettingRow, 'schema'>): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: widen,
  });
  return rest;
}

/** A list that is put right before it is judged may be one entry by itself. */
function widen({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'pipe' || def.in._zod.def.type !== 'transform') return;
  const { type, items, minItems: _some, ...rest } = jsonSchema;
  if (type !== 'array' || typeof items !== 'object' || Array.isArray(items)) return;
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
  Object.assign(jsonSchema, rest, { anyOf: [items, { type, items }] });
}

/** The schema of a whole configuration that has these settings, and others beside them. */
export function toConfigurationSchema(rows: readonly SettingRow[]): JsonSchema {
  const root: Branch = { own: [], inner: new Map() };
  for (const row of rows) {
    const branch = row.path
      .replaceAll('[]', '.[]')
      .split('.')
      .reduce((at, step) => open(at, step), root);
    for (const form of row.forms ?? ['value']) branch.own.push(wrappings[form](toValueSchema(row)));
    branch.row = row;
  }
  return toSchema(root);
}

type Branch = { row?: SettingRow; own: JsonSchema[]; inner: Map<string, Branch> };

function open(branch: Branch, step: string): Branch {
  const found = branch.inner.get(step) ?? { own: [], inner: new Map() };
  branch.inner.set(step, found);
  return found;
}

function toSchema({ row, own, inner }: Branch): JsonSchema {
  const schemas = inner.size === 0 ? own : [...own, toInnerSchema(inner)];
  const [only, ...others] = schemas;
  const schema = only !== undefined && others.length === 0 ? only : { anyOf: schemas };
  const { usually } = row ?? {};
  return { ...schema, ...(row && { description: row.about }), ...(usually !== undefined && { default: usually }) };
}

function toInnerSchema(inner: Branch['inner']): JsonSchema {
  const entries = inner.get('[]');
  if (entries) return { type: 'array', items: toSchema(entries) };
  return { type: 'object', properties: Object.fromEntries([...inner].map(([key, branch]) => [key, toSchema(branch)])) };
}

/** The same for editors: below `portal` nothing else may stand. */
export function toEditorSchema(rows: readonly SettingRow[]): JsonSchema {
  const { properties = {}, ...rest } = toConfigurationSchema(rows);
  const { portal } = properties;
  return { ...rest, properties: { ...properties, ...(typeof portal === 'object' && { portal: close(portal) }) } };
}

function close(schema: JsonSchema): JsonSchema {
  const { properties, items, anyOf, additionalProperties } = schema;
  const closeEach = (each: JsonSchema | boolean) => (typeof each === 'boolean' ? each : close(each));
  return {
    ...schema,
    ...(properties && { properties: mapValues(properties, closeEach), additionalProperties: false }),
    ...(typeof items === 'object' && !Array.isArray(items) && { items: close(items) }),
    ...(anyOf && { anyOf: anyOf.map(close) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: close(additionalProperties) }),
  };
}

const mapValues = <Value, Result>(values: Record<string, Value>, change: (value: Value) => Result) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
