import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import { renderApis } from '../apis.ts';
import { createHighlighter } from '../io/highlighter.ts';
import { type ApiText, listApiTexts } from './api-texts.ts';
import { formatTable, toNumberCell } from './table.ts';
import type { Verdict } from './targets.ts';

/** What rendering one definition cost, and what came of it. */
export type ApiCost = { name: string; characters: number; seconds: number; html: number; counts: string };

/** Renders generated definitions one after the other, each as if it were the first of a build; told in time of the processor. */
export async function runApiTrial(cpu: () => number): Promise<ApiCost[]> {
  const costs: ApiCost[] = [];
  for (const each of listApiTexts()) costs.push(await measureOne(each, cpu));
  return costs;
}

async function measureOne({ name, type, text }: ApiText, cpu: () => number): Promise<ApiCost> {
  const bodies: string[] = [];
  const store = {
    findResult: () => undefined,
    keepResult: () => undefined,
    keepBody: (html: string) => String(bodies.push(html)),
    hasBody: () => false,
    use: () => undefined,
    sweep: () => undefined,
  };
  const tools = { store, highlight: createHighlighter(import.meta.url), program: '' };
  const begin = cpu();
  const { definitions } = await renderApis(
    toCatalog(type, text),
    { fetchText: async () => ({ fault: 'absent' }) },
    tools,
  );
  const seconds = cpu() - begin;
  const [{ counts = '' } = {}] = [...definitions.values()];
  return { name, characters: text.length, seconds, html: bodies.reduce((sum, { length }) => sum + length, 0), counts };
}

function toCatalog(type: string, definition: string): Catalog {
  const place = { repository: 'bench', path: 'catalog-info.yaml', line: 1, column: 1 };
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name: 'a' },
    spec: { type, definition },
  };
  const entry: CatalogEntity = { ref: 'api:default/a', entity, place, relations: [] };
  return { entities: new Map([[entry.ref, entry]]), repositories: [], problems: [] };
}

/** What was measured, as a table. */
export function formatApiTrial(costs: readonly ApiCost[]): string {
  const rows = costs.map(({ name, characters, seconds, html, counts }) => [
    { text: name },
    toNumberCell(characters / 1000),
    toNumberCell(seconds, 2),
    toNumberCell(html / 1000),
    { text: ` ${counts}` },
  ]);
  return `\n${formatTable(['definition', 'kB', 'CPU seconds', 'kB of HTML', ' what it holds'], rows)}\n`;
}

/** Holds it against what is promised: a definition is rendered in less than a second. */
export const toApiVerdicts = (costs: readonly ApiCost[]): Verdict[] =>
  costs.map(({ name, seconds }) => ({
    subject: name,
    target: 'under 1 s of CPU',
    figure: `${seconds.toFixed(2)} s`,
    isMet: seconds < 1,
  }));
