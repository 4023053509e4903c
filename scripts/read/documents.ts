import type { CatalogDocument } from '#model/catalog.ts';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { RepositoryIndex } from '#model/targets.ts';
import type { FileReader } from './files.ts';
import type { Locator, Path } from './locator.ts';
import { replacePlaceholders } from './placeholders.ts';
import type { ReachedFile } from './reach.ts';
import { limits, type ParsedDocument, type ReadFault } from './yaml.ts';

type Tools = { reader: FileReader; index: RepositoryIndex; locator: Locator };

/** The documents of a file as a stage that judges them wants them, and what is wrong with the file as a whole. */
export async function toDocuments(
  file: ReachedFile,
  tools: Tools,
  changedAt: string | undefined,
): Promise<{ documents: CatalogDocument[]; problems: Problem[] }> {
  const allows = toUnion(file.allows);
  const facts = { ...(allows && { allows }), ...(changedAt === undefined ? {} : { changedAt }) };
  const documents = await Promise.all(file.documents.map((parsed) => toDocument(parsed, file, tools, facts)));
  const place = { repository: file.repository.id, path: file.path, line: 1, column: 1 };
  const { path } = file;
  if (documents.length === 0) return { documents, problems: [toProblem('file-empty', { path }, { place })] };
  const isLong = documents.length > limits.documents;
  const long = toProblem('file-long', { path, count: documents.length, limit: limits.documents }, { place });
  const isDropped = documents.length > 1 && file.documents.some(({ value }) => value === undefined);
  const dropped = toProblem('file-dropped-by-backstage', { path }, { place });
  return { documents, problems: [...(isLong ? [long] : []), ...(isDropped ? [dropped] : [])] };
}

/** A file may be reached in several ways; it may hold what any of them allows. */
function toUnion(allows: ReachedFile['allows']): CatalogDocument['allows'] {
  const rules = allows.filter((rule) => rule !== undefined);
  return rules.length < allows.length ? undefined : (entity) => rules.some((rule) => rule(entity));
}

async function toDocument(
  parsed: ParsedDocument,
  file: ReachedFile,
  { reader, index, locator }: Tools,
  facts: Pick<CatalogDocument, 'allows' | 'changedAt'>,
): Promise<CatalogDocument> {
  const { docIndex, line, column, faults } = parsed;
  const home = { repository: file.repository.id, path: file.path };
  const locate = (path: Path): Place => ({ ...home, ...locator(file, docIndex, path) });
  const { value, sources, problems } = await replacePlaceholders(parsed.value, {
    file,
    index,
    fetchText: reader.fetchText,
    locate,
  });
  return {
    place: { ...home, line, column },
    docIndex,
    problems: [...faults.map((fault) => toFaultProblem(fault, home)), ...problems],
    locate,
    ...(value === undefined ? {} : { value }),
    ...(sources.size > 0 && { sources }),
    ...facts,
  };
}

function toFaultProblem({ code, message, line, column }: ReadFault, home: Pick<Place, 'repository' | 'path'>): Problem {
  return toProblem(code, { message }, { place: { ...home, line, column } });
}
