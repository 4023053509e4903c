import type { ApiDefinition, ApiDefinitions } from '#model/api-definition.ts';
import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { createPlacer } from './apis/lines.ts';
import type { Fault, Reading } from './apis/model.ts';
import { renderDefinition } from './apis/render.ts';
import { renderSource } from './apis/source.ts';
import { type DefinitionType, findType, type Source } from './apis/types.ts';
import type { ApiTools, Forge } from './ports.ts';

/** Texts that are longer than this are offered as a file, and shown in part: nobody reads them on a page. */
const longest = 2_000_000;

/** What a kept result is made of; raise the number when the same definition gives another page. */
type Kept = { definition: ApiDefinition; faults: Fault[] };

/** Renders the definition of every API that has one, and none that is as it was. */
export async function renderApis(
  catalog: Catalog,
  forge: Pick<Forge, 'fetchText'>,
  tools: ApiTools,
): Promise<{ definitions: ApiDefinitions; problems: Problem[] }> {
  const definitions = new Map<string, ApiDefinition>();
  const problems: Problem[] = [];
  const place = createPlacer(forge);
  for (const entry of catalog.entities.values()) {
    const source = findSource(entry);
    if (!source) continue;
    const { definition, faults } = await toKept(source, String(entry.entity.spec?.type ?? ''), forge, tools);
    definitions.set(entry.ref, definition);
    for (const fault of faults)
      problems.push(toFaultProblem(fault, { place: await place(entry, source, fault.line), entity: entry.ref }));
  }
  tools.store.sweep();
  return { definitions, problems };
}

/** What a remote placeholder leaves in place of a text: it is elsewhere, and nothing is there to be shown. */
const isElsewhere = (text: string) => /^See https?:\/\/\S+$/.test(text);

/** The text that defines an API, and the file that it stands in. */
function findSource({ ref, entity, place, sources }: CatalogEntity): Source | undefined {
  const definition = ref.startsWith('api:') ? entity.spec?.definition : undefined;
  if (typeof definition !== 'string' || definition.trim() === '' || isElsewhere(definition)) return undefined;
  const { repository, path } = sources?.get('spec.definition') ?? place;
  return { text: definition, file: { repository, path } };
}

async function toKept(source: Source, name: string, forge: Pick<Forge, 'fetchText'>, tools: ApiTools): Promise<Kept> {
  const type = findType(name);
  const isLong = source.text.length > longest;
  const { hashes, read } = isLong ? toUnread(source) : await prepare(type, source, forge);
  // Of a definition in several files the paths count; of one file the text alone.
  const from = hashes.length > 0 ? source.file.path : '';
  const key = JSON.stringify([tools.program, name.toLowerCase(), from, hashes, source.text]);
  const kept = parseKept(tools.store.findResult(key), tools);
  if (kept) return kept;
  const made = render(source.text, type, read(), tools);
  tools.store.keepResult(key, JSON.stringify(made));
  return made;
}

type Prepared = { hashes: readonly string[]; read: () => Reading };

const prepare = async (type: DefinitionType, source: Source, forge: Pick<Forge, 'fetchText'>): Promise<Prepared> =>
  (await type.prepare?.(source, forge)) ?? { hashes: [], read: () => ({ faults: [] }) };

function toUnread({ text }: Source): Prepared {
  const reason = `it has ${text.length.toLocaleString('en-US')} characters`;
  return { hashes: [], read: () => ({ faults: [{ code: 'definition-too-large', reason, line: 1 }] }) };
}

function parseKept(text: string | undefined, { store }: ApiTools): Kept | undefined {
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as Kept; // our own, under a key that names the program
  const { body, contents } = kept.definition;
  const bodies = [body, ...(contents ? [contents] : [])];
  if (!bodies.every(store.hasBody)) return undefined;
  store.use(bodies, []);
  return kept;
}

function render(text: string, type: DefinitionType, { definition, faults }: Reading, tools: ApiTools): Kept {
  const ending = type.ending(text);
  if (!definition) {
    const lines = faults.flatMap(({ code, line }) => (code === 'definition-invalid' ? [line] : []));
    const { body, isShortened } = renderSource(text, type.language(text), lines, tools.highlight);
    const shared = { format: '', counts: '', servers: [], entries: [], ending, ...(isShortened && { isShortened }) };
    return { definition: { ...shared, body: tools.store.keepBody(body) }, faults };
  }
  const { body, contents, counts, entries, isShortened } = renderDefinition(definition, tools.highlight);
  const { format, version, servers } = definition;
  return {
    definition: {
      format,
      ...(version && { version }),
      ...{ counts, servers, entries, ending },
      body: tools.store.keepBody(body),
      ...(contents !== '' && { contents: tools.store.keepBody(contents) }),
      ...(isShortened && { isShortened }),
    },
    faults,
  };
}

function toFaultProblem(fault: Fault, where: Pick<Problem, 'place' | 'entity'>): Problem {
  switch (fault.code) {
    case 'definition-invalid':
      return toProblem(fault.code, { message: fault.message }, where);
    case 'definition-ref-missing':
      return toProblem(fault.code, { ref: fault.ref, reason: fault.reason }, where);
    case 'definition-too-large':
      return toProblem(fault.code, { reason: fault.reason }, where);
  }
}
