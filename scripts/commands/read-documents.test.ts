import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { readDocuments } from './read-documents.ts';

function write(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'documents-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const location = 'kind: Location\nspec: {targets: [./other.yaml]}\n';

test('reads exactly the files that are named, by any name, as they were named', async () => {
  const root = write({ 'a/odd.txt': 'kind: A\n', 'a/loc.yaml': location, 'a/other.yaml': 'kind: B\n' });
  const { documents, toGiven } = await readDocuments(['./a/odd.txt', 'a/loc.yaml'], root);
  expect(documents.map(({ place }) => toGiven(place)).toSorted()).toEqual(['./a/odd.txt', 'a/loc.yaml']);
});

test('a file that is not there is a problem', async () => {
  const { documents, problems } = await readDocuments(['gone.yaml'], write({}));
  expect([documents, problems]).toMatchObject([[], [{ code: 'file-unreadable' }]]);
});

test('reads a folder as discovery would', async () => {
  const root = write({ 'x/catalog-info.yaml': location, 'x/other.yaml': 'kind: B\n', 'x/stray.yaml': 'kind: C\n' });
  const { documents, toGiven } = await readDocuments(['x'], root);
  expect(documents.map(({ place }) => toGiven(place))).toEqual(['x/catalog-info.yaml', 'x/other.yaml']);
});

test('placeholders stay inside of the folder that names the repository', async () => {
  const root = write({
    'acme__a/sub/c.yaml': 'kind: API\nx: {$text: ../t}\ny: {$text: ../../secret}\n',
    'acme__a/t': 'T',
    secret: 'S',
  });
  const { documents } = await readDocuments(['acme__a/sub/c.yaml'], root);
  expect(documents[0]?.value).toMatchObject({ x: 'T', y: { $text: '../../secret' } });
});

const verdictSchema = z.array(
  z.object({ file: z.string(), docIndex: z.number(), ok: z.boolean(), stage: z.string().nullable() }),
);

test('agrees with Backstage about every placeholder and all YAML of the corpus, where the corpus is', async () => {
  const corpus = join(import.meta.dirname, '../../../shared/corpus');
  const verdicts = existsSync(corpus)
    ? verdictSchema.parse(JSON.parse(readFileSync(join(corpus, 'verdicts.json'), 'utf8')))
    : [];
  const { documents, toGiven } = await readDocuments([...new Set(verdicts.map(({ file }) => file))], corpus);
  const faults = new Map(
    documents.map(({ place, docIndex, problems }) => [
      `${toGiven(place)}#${docIndex}`,
      problems.find(({ level }) => level === 'error')?.code ?? 'none',
    ]),
  );
  const expected: Record<string, RegExp> = { preprocess: /^placeholder-/, yaml: /^yaml-syntax$/ };
  const differing = verdicts.filter(({ file, docIndex, ok, stage }) => {
    const fault = faults.get(`${file}#${docIndex}`) ?? 'absent';
    // What Backstage refuses later for another reason may be refused here already.
    return !(expected[stage ?? ''] ?? (ok ? /^none$/ : /^(none|placeholder-.*)$/)).test(fault);
  });
  expect(differing).toEqual([]);
});
