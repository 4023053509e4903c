import type { ProblemEntry } from '#model/pages/problems.ts';
import type { Level } from '#model/problems.ts';
import type { Rows } from '#model/rows.ts';
import { listCellLinks, listCellTexts, toEntityName } from './entity-name.ts';
import { toIcon } from './icon.ts';
import { element, type Markup } from './markup.ts';

const icons: Record<Level, string> = { error: 'circle-alert', warning: 'triangle-alert', hint: 'lightbulb' };

const isLevel = (text: string | undefined): text is Level => text !== undefined && Object.hasOwn(icons, text);

/** A row of the packed problems, unpacked. */
export function toProblemEntry(rows: Rows, row: number): ProblemEntry {
  const [level] = listCellTexts(rows, 'level', row);
  const [code = ''] = listCellTexts(rows, 'code', row);
  const [mend = ''] = listCellTexts(rows, 'mend', row);
  const [file] = listCellTexts(rows, 'file', row);
  const [entity] = listCellLinks(rows, 'entity', row);
  const [owner] = listCellLinks(rows, 'owner', row);
  const line = rows.numbers?.line?.[row] || undefined;
  const fileUrl = rows.columns.file?.urls?.[Number(rows.columns.file.cells[row])];
  return {
    code,
    level: isLevel(level) ? level : 'hint',
    what: rows.texts.what?.[row] ?? '',
    mend,
    file,
    line,
    column: rows.numbers?.column?.[row] || undefined,
    url: fileUrl && line ? `${fileUrl}#L${line}` : undefined,
    entity,
    owner,
  };
}

/** Sentences mark what is code by back quotes; a page shows it as code. */
export function toSentence(text: string): Markup {
  return text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

function toPlaceMark({ line, column, url }: ProblemEntry): Markup {
  const mark = line === undefined ? '' : `${line}:${column ?? 1}`;
  return url
    ? element('a', { class: 'spot', href: url, rel: 'noopener', 'aria-label': `Line ${line}` }, mark)
    : element('span', { class: 'spot' }, mark);
}

function toProblemMarkup(base: string, entry: ProblemEntry): Markup {
  const { level, what, mend, code } = entry;
  return element('li', { class: level }, [
    toPlaceMark(entry),
    element('div', { class: 'said' }, [
      element('p', { class: 'what' }, [toIcon(base, icons[level], level), toSentence(what)]),
      element('p', { class: 'mend' }, [...[toSentence(mend)].flat(), ' ', element('span', { class: 'code' }, code)]),
    ]),
  ]);
}

/** Problems one after the other that are in one file and about one entity. */
function toGroups(entries: readonly ProblemEntry[]): ProblemEntry[][] {
  const groups: ProblemEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    if (last && first?.file === entry.file && first?.entity?.ref === entry.entity?.ref) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

function toGroupMarkup(base: string, entries: readonly ProblemEntry[]): Markup {
  const [first] = entries;
  if (!first) return [];
  const about = [
    first.entity ? element('span', { class: 'entity' }, toEntityName(base, first.entity, true)) : '',
    first.owner && first.owner.ref !== first.entity?.ref
      ? element('span', { class: 'owner' }, toEntityName(base, first.owner))
      : '',
  ];
  const title = first.file ? element('code', {}, first.file) : 'No file of its own';
  return element('section', {}, [
    element('h3', {}, [title, ...about]),
    element(
      'ol',
      { role: 'list' },
      entries.map((entry) => toProblemMarkup(base, entry)),
    ),
  ]);
}

/** Problems as a compiler at its best would say them, file by file: the place, the sentence, the mend. */
export function toProblemList(entries: readonly ProblemEntry[], base: string): Markup {
  return toGroups(entries).map((group) => toGroupMarkup(base, group));
}
