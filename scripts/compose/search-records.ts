import { isSecretName } from '#model/annotations/index.ts';
import type { CatalogEntity } from '#model/catalog.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import { type RefText, toRef } from '#model/ref.ts';
import { type FacetKey, fieldMark } from '#model/search.ts';
import { toEntityPath } from '#model/urls.ts';
import type { SearchRecord } from '../ports.ts';
import { findSpecText, type Lookup, toLabel } from './lookup.ts';
import { toPlainText } from './prose.ts';
import { secretWords } from './shown.ts';

/** How much of one field is searched; nobody finds a thing by the end of a longer one. */
const fieldLimit = 2_000;

/** What text search knows of each entity. */
export function* listSearchRecords(lookup: Lookup): Generator<SearchRecord> {
  for (const entry of lookup.catalog.entities.values()) yield toSearchRecord(lookup, entry);
}

function toSearchRecord(lookup: Lookup, entry: CatalogEntity): SearchRecord {
  const { ref, entity } = entry;
  const { name, description = '', tags = [], links = [] } = entity.metadata;
  const label = toLabel(entry);
  const owners = lookup.listRelated(ref, 'ownedBy');
  const systems = lookup.listRelated(ref, 'partOf').filter(({ kind }) => kind === 'system');
  const fields = [
    name,
    label === name ? '' : label,
    toPlainText(description, fieldLimit),
    tags.join(', '),
    links.map(({ title, url }) => (title ? `${title} ${url}` : url)).join(', '),
    toWords(owners),
    toWords(systems),
    listAnnotations(entity.metadata.annotations).join(', '),
  ];
  return {
    url: toEntityPath(ref),
    content: fields.map(toFieldText).join(` ${fieldMark} `),
    meta: { title: label, name, ...(owners[0] && { owner: owners[0].label }) },
    filters: toFilters({
      kind: [entity.kind],
      type: [findSpecText(entry, 'type')],
      owner: owners.map((owner) => toFilter(owner, 'group')),
      lifecycle: [findSpecText(entry, 'lifecycle')],
      system: systems.map((system) => toFilter(system, 'system')),
      tag: tags,
    }),
  };
}

/** One line that holds no field mark, cut to what is searched. */
function toFieldText(text: string): string {
  return text
    .replaceAll(fieldMark, ' ')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, fieldLimit);
}

const toWords = (links: readonly EntityLink[]) =>
  links
    .map(({ label, ref, absent }) =>
      absent === 'hidden' || label === toRef(ref).name ? label : `${label} (${toRef(ref).name})`,
    )
    .join(', ');

/** The name of a secret is nobody's business but the proxy's: its annotation is found by key alone. */
function listAnnotations(annotations: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(annotations).map(([key, value]) =>
    isSecretName(value) || value === secretWords ? key : `${key}: ${value}`,
  );
}

const toFilter = ({ absent, label, ref }: EntityLink, usualKind: string) =>
  absent === 'hidden' ? label : toShortRef(ref, usualKind);

/** A ref as people would type it: what goes without saying is left out. */
export function toShortRef(ref: RefText, usualKind: string): string {
  const { kind, namespace, name } = toRef(ref);
  const short = namespace === 'default' ? name : `${namespace}/${name}`;
  return kind === usualKind ? short : `${kind}:${short}`;
}

function toFilters(values: Partial<Record<FacetKey, (string | undefined)[]>>): SearchRecord['filters'] {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, all]) => {
      const written = all.flatMap((value) => value || []);
      return written.length > 0 ? [[key, written]] : [];
    }),
  );
}
