import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { relationTable } from '#model/relations.ts';
import { type CheckRow, toCheckRows } from '../../scripts/check.ts';
import listed from './differences.json' with { type: 'json' };
import { createCorpusReader } from './documents.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

const verdictsSchema = z.array(
  z.object({ file: z.string(), docIndex: z.number(), ref: z.string().nullable(), ok: z.boolean() }),
);
const relationsSchema = z.array(
  z.object({
    file: z.string(),
    docIndex: z.number(),
    emitted: z.array(z.object({ source: z.string(), type: z.string(), target: z.string() })),
  }),
);
const originsSchema = z.object({ files: z.record(z.string(), z.object({ repo: z.string(), path: z.string() })) });

const differences = z.array(z.object({ file: z.string(), docIndex: z.number(), reason: z.string() })).parse(listed);

const load = <Value>(name: string, schema: z.ZodType<Value>): Value =>
  schema.parse(JSON.parse(readFileSync(join(corpus, name), 'utf8')));

const toKey = ({ file, docIndex }: { file: string; docIndex: number }) => `${file} ${docIndex}`;

async function checkCorpus(files: Iterable<string>): Promise<Map<string, CheckRow>> {
  const origins = new Map(Object.entries(load('index.json', originsSchema).files));
  const read = createCorpusReader(corpus, origins);
  const rows = new Map<string, CheckRow>();
  for (const file of files) {
    const origin = origins.get(file);
    const documents = origin ? await read(origin) : [];
    for (const row of toCheckRows(documents, { relations: true })) rows.set(toKey({ ...row, file }), row);
  }
  return rows;
}

const toPercent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`;

const formatRelations = (relations: readonly { source: string; type: string; target: string }[]) =>
  relations.map(({ source, type, target }) => `${source} ${type} ${target}`).toSorted();

async function compareWithBackstage() {
  const verdicts = load('verdicts.json', verdictsSchema);
  const rows = await checkCorpus(new Set(verdicts.map(({ file }) => file)));
  const unlike = verdicts.filter((verdict) => {
    const row = rows.get(toKey(verdict));
    return row?.ok !== verdict.ok || row.ref !== verdict.ref;
  });
  const accepted = load('relations.json', relationsSchema);
  const otherwise = accepted.filter(
    ({ emitted, ...of }) =>
      JSON.stringify(formatRelations(emitted)) !==
      JSON.stringify(formatRelations(rows.get(toKey(of))?.relations ?? [])),
  );
  console.log(
    `Backstage's verdict: ${toPercent(verdicts.length - unlike.length, verdicts.length)} of ${verdicts.length} documents; ` +
      `relations: ${toPercent(accepted.length - otherwise.length, accepted.length)} of ${accepted.length}`,
  );
  const known = new Set(verdicts.map(toKey));
  return {
    agreement: 1 - unlike.length / verdicts.length,
    unlike: unlike.map(toKey),
    otherwise: otherwise.map(toKey),
    extra: [...rows.keys()].filter((key) => !known.has(key)),
  };
}

test('every known difference says which document and why', () => {
  for (const { reason } of differences) expect(reason.length).toBeGreaterThan(20);
});

test('every relation is the inverse of its inverse', () => {
  for (const [type, { inverse }] of Object.entries(relationTable)) expect(relationTable[inverse].inverse).toBe(type);
});

// The corpus of real files lies beside the project where it is developed, and nowhere else.
if (existsSync(corpus)) {
  test('agrees with Backstage on every document of the corpus but those that are listed', async () => {
    const { agreement, unlike, otherwise, extra } = await compareWithBackstage();
    expect(unlike).toEqual(differences.map(toKey));
    expect(agreement).toBeGreaterThanOrEqual(0.995);
    expect(otherwise).toEqual([]);
    expect(extra).toEqual([]);
  }, 120_000);
}
