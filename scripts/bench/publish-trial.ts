import { join } from 'node:path';
import { z } from 'zod';
import { createChance } from './chance.ts';
import { type Figures, toRunFigures } from './figures.ts';
import { measure } from './measure.ts';
import { formatTable, toNumberCell } from './table.ts';
import type { Verdict } from './targets.ts';
import { writeTexts } from './trees.ts';

const outcomeSchema = z.object({ written: z.number(), requests: z.number(), sentBytes: z.number() });

/** One run of the program: what it cost, and what it says that it did. */
export type PublishRun = { name: string; whole: Figures } & z.infer<typeof outcomeSchema>;

export type PublishTrial = { files: number; changed: number; bytes: number; runs: PublishRun[] };

type Size = { files: number; target?: string };

/** About how many characters a page has. */
const pageLength = 20_000;
const words =
  'catalog component owner system deploy queue order payment latency error budget team runbook service'.split(' ');

/** A page of words that draw on the number of the page, so that it packs about as well as a real one. */
function toPage(number: number, version: number): string {
  const chance = createChance(number);
  const parts: string[] = [`<!DOCTYPE html><title>Page ${number}</title><p>Version ${version}</p>`];
  for (let length = 0; length < pageLength; length += 40)
    parts.push(`<p class="c${chance.below(60)}">${words[chance.low(words.length)]} ${chance.below(100_000)}</p>`);
  return parts.join('\n');
}

const toPath = (number: number) => `catalog/default/component/c${number}/index.html`;

function* listPages(numbers: Iterable<number>, version: number) {
  for (const number of numbers) yield [toPath(number), toPage(number, version)] as const;
}

/** Publishes a site cold, with one file of a hundred changed, unchanged, and puts the first back. */
export async function runPublishTrial(
  top: string,
  work: string,
  { files, target = join(work, 'published') }: Size,
  say: (text: string) => void,
): Promise<PublishTrial> {
  const site = join(work, 'site');
  say(`${files.toLocaleString('en-US')} files are written`);
  const mark = JSON.stringify({ build: 'bench', base: '/', entities: { bench: files } });
  await writeTexts(site, [
    ['portolan.json', mark],
    ['api/problems.json', '[]'],
  ]);
  await writeTexts(site, listPages(Array(files - 2).keys(), 1));
  const edited = [...Array(files - 2).keys()].filter((number) => number % 100 === 0);
  const runs: PublishRun[] = [];
  const run = async (name: string, command: readonly string[]) => {
    say(name);
    const ran = await measure(process.execPath, [join(top, 'scripts/portal.ts'), ...command, target, '--json'], top);
    if (ran.code !== 0) throw new Error(`It failed:\n${ran.lines.map(({ text }) => text).join('\n')}`);
    runs.push({ name, whole: toRunFigures(name, ran), ...outcomeSchema.parse(JSON.parse(ran.said)) });
  };
  const publish = ['publish', '--root', work, '--out', site];
  await run('first', publish);
  await writeTexts(site, listPages(edited, 2));
  await run('1 % changed', publish);
  await run('unchanged', publish);
  await run('put back', ['rollback', '--root', work]);
  return { files, changed: edited.length, bytes: files * pageLength, runs };
}

/** What was measured of publishing, as a table. */
export function formatPublishTrial({ files, runs }: PublishTrial): string {
  const head = ['', 'written', 'requests', 'MB sent', 'seconds', 'files/s', 'CPU seconds', 'peak MB'];
  const rows = runs.map(({ name, whole, written, requests, sentBytes }) => [
    { text: name },
    ...[toNumberCell(written), toNumberCell(requests), toNumberCell(sentBytes / 1e6, 1)],
    ...[
      toNumberCell(whole.seconds, 1),
      toNumberCell(whole.seconds && written / whole.seconds),
      toNumberCell(whole.cpuSeconds, 1),
    ],
    toNumberCell(whole.peakBytes === undefined ? undefined : whole.peakBytes / 1e6),
  ]);
  return `\n${files.toLocaleString('en-US')} files of about ${pageLength / 1000} kB\n\n${formatTable(head, rows)}\n`;
}

/** How many requests a publish may make beside those for files that changed. */
const besides = 5;

/** Holds what was measured of publishing against what it promises. */
export function toPublishVerdicts({ files, changed, runs: [first, some, none, back] }: PublishTrial): Verdict[] {
  if (!first || !some || !none || !back) return [];
  const of = `${files.toLocaleString('en-US')} files`;
  const peak = Math.max(...[first, some, none, back].map(({ whole }) => whole.peakBytes ?? Number.NaN));
  const toVerdict = (subject: string, target: string, figure: number, isMet: boolean): Verdict => ({
    ...{ subject: `${of}: ${subject}`, target, figure: figure.toLocaleString('en-US'), isMet },
  });
  return [
    toVerdict('written at first', 'all', first.written, first.written === files),
    toVerdict(
      'requests with 1 % changed',
      `${changed} and ${besides}`,
      some.requests,
      some.requests <= changed + besides,
    ),
    toVerdict('written with nothing changed', 'none', none.written, none.written === 0),
    toVerdict('written when put back', `${changed}`, back.written, back.written === changed),
    {
      ...{ subject: `${of}: peak memory`, target: 'under 300 MB' },
      figure: Number.isNaN(peak) ? 'n/a' : `${Math.round(peak / 1e6)} MB`,
      isMet: Number.isNaN(peak) ? undefined : peak < 300e6,
    },
  ];
}
