import { expect, test } from 'vitest';
import { collectFiles } from './files.ts';
import { createFiles, readDefinition } from './fixture.ts';
import { renderDefinition } from './render.ts';
import { parseValue } from './value.ts';

const toText = (ref: string) =>
  `openapi: 3.0.0\ninfo: {title: a, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n          content: {application/json: {schema: {$ref: '${ref}'}}}\n`;

const files = {
  'api/pet.yaml': "type: object\nproperties: {owner: {$ref: 'people/owner.json#/Owner'}}",
  'api/people/owner.json':
    '{"Owner": {"type": "object", "properties": {"pet": {"$ref": "../pet.yaml"}, "name": {"type": "string"}}}}',
  'top.yaml': 'Pet: {type: string}',
  'api/broken.yaml': 'a: [',
  'api/note.md': 'type: string',
  'api/loop.yaml': "$ref: './loop.yaml'",
};

test.each([
  ['./pet.yaml', ['pet', 'Owner'], []],
  ['pet.yaml#', ['pet', 'Owner'], []],
  ['../top.yaml#/Pet', ['Pet'], []],
  ['/top.yaml#/Pet', ['Pet'], []],
  ['./loop.yaml', ['loop'], []],
  ['./gone.yaml', [], ['./gone.yaml: there is no such file, line 9']],
  ['./pet.yaml#/Gone', [], ['./pet.yaml#/Gone: nothing is defined there, line 9']],
  ['#/components/schemas/Gone', [], ['#/components/schemas/Gone: nothing is defined there, line 9']],
  ['../../../etc/passwd', [], ['../../../etc/passwd: it leads out of the repository, line 9']],
  ['..\\\\..\\\\x.yaml', [], ['..\\\\..\\\\x.yaml: it leads out of the repository, line 9']],
  ['./broken.yaml', [], ['./broken.yaml: it is not valid YAML, line 9']],
  ['./note.md', [], ['./note.md: it is neither YAML nor JSON, line 9']],
  ['https://example.com/pet.yaml', [], []],
  ['file:///etc/passwd', [], []],
  ['//example.com/pet.yaml', [], []],
])('a reference to %s gives the schemas %j and the faults %j', async (ref, names, said) => {
  const { definition, faults } = await readDefinition('openapi', toText(ref), files);
  const schemas = definition?.groups.find(({ title }) => title === 'Schemas')?.entries.map(({ name }) => name) ?? [];
  expect(schemas).toEqual(names);
  const found = faults.map((fault) =>
    fault.code === 'definition-ref-missing'
      ? `${fault.ref}: ${fault.reason.replace(/(YAML):.*/, '$1')}, line ${fault.line}`
      : fault.code,
  );
  expect(found).toEqual(said);
  if (definition) renderDefinition(definition, () => undefined);
});

test('files of other hosts are never asked for, and each of one’s own once', async () => {
  const forge = createFiles(files);
  const text = `${toText('./pet.yaml')}x: {$ref: 'https://example.com/a.yaml'}\ny: {$ref: './pet.yaml#/properties'}\n`;
  const { value = {} } = parseValue(text);
  await collectFiles(text, value, { repository: 'shop', path: 'api/open.yaml' }, forge);
  expect(forge.asked).toEqual(['api/pet.yaml', 'api/people/owner.json']);
});

test('a chain of files without an end is cut, and that is said once', async () => {
  const endless = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [
      `api/f${at}.yaml`,
      `a: {$ref: './f${at + 1}.yaml'}\nb: {$ref: './f${at + 2}.yaml'}`,
    ]),
  );
  const { faults } = await readDefinition('openapi', toText('./f0.yaml'), endless);
  expect(faults.map(({ code }) => code)).toEqual(['definition-too-large']);
});
