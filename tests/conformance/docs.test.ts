import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const shared = resolve(process.env.PORTOLAN_SHARED ?? join(root, '../shared'));
const corpus = join(shared, 'corpus/docs');
const index: Record<string, { config: string; profile: 'techdocs' | 'mkdocs'; pages: number }> = existsSync(
  join(corpus, 'index.json'),
)
  ? JSON.parse(readFileSync(join(corpus, 'index.json'), 'utf8'))
  : {};

type Score = { pages: number; perfect: number; overall: number };
type Difference = { tree: string; page: string; reason: string };
/** Every page that does not come out as MkDocs has it, and why. */
const differences: Difference[] = JSON.parse(readFileSync(join(import.meta.dirname, 'docs-differences.json'), 'utf8'));
const scores = new Map<string, Score>();
const goals = { techdocs: { perfect: 0.98, overall: 0.995 }, mkdocs: { perfect: 0.9, overall: 0.995 } };

/** Compares a tree with what MkDocs makes of it: the score, and the pages that are not the same. */
function measure(tree: string, config: string): { score: Score; different: string[] } {
  const out = mkdtempSync(join(tmpdir(), 'portolan-docs-'));
  execFileSync(
    process.execPath,
    ['scripts/portal.ts', 'docs', join(corpus, tree, 'source'), '--config', config, '--out', out],
    { cwd: root },
  );
  const compare = [
    join(shared, 'tools/compare-docs.mjs'),
    join(corpus, tree, 'golden'),
    out,
    '--cand-sel',
    'article',
    '--quiet',
    '--json',
    join(out, 'comparison.json'),
  ];
  const score: Score = JSON.parse(execFileSync(process.execPath, compare, { cwd: root, encoding: 'utf8' }));
  const { pages }: { pages: { key: string; overall: number }[] } = JSON.parse(
    readFileSync(join(out, 'comparison.json'), 'utf8'),
  );
  rmSync(out, { recursive: true });
  return { score, different: pages.flatMap(({ key, overall }) => (overall > 0.999_999 ? [] : [key])).toSorted() };
}

function sum(profile: 'techdocs' | 'mkdocs'): Score {
  const rows = Object.entries(index).flatMap(([tree, row]) =>
    row.profile === profile ? (scores.get(tree) ?? []) : [],
  );
  const pages = rows.reduce((total, row) => total + row.pages, 0);
  const overall = rows.reduce((total, row) => total + row.overall * row.pages, 0) / pages;
  return { pages, perfect: rows.reduce((total, row) => total + row.perfect, 0), overall };
}

if (Object.keys(index).length > 0) {
  test.each(Object.entries(index))('%s', { timeout: 120_000 }, (tree, { config }) => {
    const { score, different } = measure(tree, config);
    scores.set(tree, score);
    expect(different).toEqual(differences.flatMap((row) => (row.tree === tree ? [row.page] : [])).toSorted());
  });

  test.each(['techdocs', 'mkdocs'] as const)('trees of the profile %s', (profile) => {
    const { pages, perfect, overall } = sum(profile);
    expect(perfect / pages).toBeGreaterThanOrEqual(goals[profile].perfect);
    expect(overall).toBeGreaterThanOrEqual(goals[profile].overall);
  });

  afterAll(() => {
    const rows = [...scores].map(
      ([tree, { pages, perfect, overall }]) =>
        `${tree.padEnd(26)}${String(perfect).padStart(5)} of ${String(pages).padStart(4)}  ${(overall * 100).toFixed(2)} %`,
    );
    process.stdout.write(`${rows.join('\n')}\n`);
  });
} else test('the corpus is not here, so only its absence is tested', () => expect(existsSync(corpus)).toBe(false));
