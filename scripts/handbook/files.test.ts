import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toEditorSchema } from '../settings/json-schema.ts';
import { settingRows } from '../settings/reference.ts';
import { listGeneratedFiles } from './files.ts';
import { formatType } from './type-words.ts';

const top = new URL('../../', import.meta.url);

test.each(await listGeneratedFiles())('$path is what its table gives; `npm run fix` writes it', ({ path, text }) => {
  const written = readFileSync(new URL(path, top), 'utf8');
  if (path.endsWith('.json')) expect(JSON.parse(written)).toEqual(JSON.parse(text));
  else expect(written).toBe(text);
});

const validate = new Ajv({ strict: false, validateFormats: false }).compile(toEditorSchema(settingRows));

test.each([
  readFileSync(new URL('examples/acme/app-config.yaml', top), 'utf8'),
  'portal: {proxy: true, sources: [{folder: a}]}\nbackend: {anything: 1}',
  'catalog: {providers: {github: {organization: acme}}}',
])('the schema for editors takes what is right: %s', (text) => {
  expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
});

test.each([
  'portal: {titel: Acme}',
  'portal: {title: 7}',
  'portal: {docs: {versions: [{count: 3}]}}',
  'portal: {github: {budget: {stopat: 1}}}',
])('the schema for editors refuses what is wrong: %s', (text) => {
  expect(validate(parse(text))).toBe(false);
});

test.each([
  [{ type: 'string' }, 'text'],
  [{ type: 'string', format: 'uri' }, 'address'],
  [{ type: 'integer', minimum: 0, maximum: 10 }, 'whole number from 0 to 10'],
  [{ type: 'array', items: { type: 'string' } }, 'list of texts'],
  [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'text or number'],
  [{ enum: ['a', 'b', 'c'] }, '`a`, `b` or `c`'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, 'map of texts'],
  [{}, 'anything'],
] as const)('%j is called %s', (schema, words) => {
  expect(formatType(structuredClone(schema) as Parameters<typeof formatType>[0])).toBe(words);
});
