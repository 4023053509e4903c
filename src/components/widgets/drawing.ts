import { toIcon } from '#components/lists/icon.ts';
import { element, type Markup } from '#components/lists/markup.ts';
import type { LiveLevel, LiveTrouble } from '#model/live/answer.ts';
import { findSafeUrl } from '#model/urls.ts';
import { formatAge, formatShare, levelTable } from './words.ts';

/** What a drawing stands in: where the site lies, and what time it is. */
export type Setting = { base: string; now: number };

/** Something that is drawn in a widget's body, and how many lines of it that takes. */
export type Row = { lines: number; markup: Markup };

/** A level's glyph with words beside it. */
export function toStatus({ base }: Setting, level: LiveLevel, words: string): Markup {
  return element('span', { class: `level ${level}` }, [
    toIcon(base, levelTable[level].icon),
    element('span', { class: 'words', title: words }, words),
  ]);
}

/** What a line is about: a level's glyph and a name; the words that say the level stand beside it. */
export function toSubject({ base }: Setting, level: LiveLevel, name: Markup): Markup {
  const glyph = element('span', { class: `level ${level}` }, toIcon(base, levelTable[level].icon));
  return element('span', { class: 'subject' }, [glyph, name]);
}

/** Words that are cut where there is no room for them; the whole stands in their title. */
export function toCut(text: string, kind = ''): Markup {
  return element('span', { class: `cut ${kind}`.trim(), title: text }, text);
}

/** A moment as its distance from now; the exact one is its title. */
export function toTime({ now }: Setting, iso: string, before = ''): Markup {
  const age = element(
    'time',
    { datetime: iso, title: iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC'), 'data-age': '' },
    formatAge(iso, now),
  );
  return before === '' ? age : element('span', { class: 'when' }, [before, ' ', age]);
}

/** A way out to the system that owns something; plain text where there is no safe address. */
export function toOutLink(url: string | undefined, content: Markup, title?: string): Markup {
  const safe = url === undefined ? undefined : findSafeUrl(url);
  return safe ? element('a', { href: safe, rel: 'noopener', title }, content) : element('span', { title }, content);
}

/** A line of a body: what it is about, and the facts beside it (below it in a narrow window). */
export type Line = { main: Markup; told?: { level: LiveLevel; words: string }; side?: Markup };

/** How it is stands beside the name in a wide window, and below it in a narrow one. */
const toWords = (told: Line['told'], where: string): Markup =>
  told ? element('span', { class: `words ${told.level} ${where}`, title: told.words }, told.words) : '';

const toParts = ({ main, told, side = '' }: Line): Markup => [
  element('span', { class: 'main' }, [main, toWords(told, 'beside')].flat()),
  element('span', { class: 'side' }, [toWords(told, 'below'), side].flat()),
];

/** A line that opens; its key keeps it open when it is drawn again. */
export function toDisclosure({ base }: Setting, key: string, line: Line, inside: Markup, kind?: string): Markup {
  return element('details', { 'data-key': key, class: kind }, [
    element('summary', { class: 'line' }, [toIcon(base, 'chevron-right'), toParts(line)].flat()),
    element('div', { class: 'inside' }, inside),
  ]);
}

/** A line that does not open. */
export function toLine(line: Line, kind = ''): Markup {
  return element('div', { class: `line flat ${kind}`.trim() }, toParts(line));
}

/** A line above others that says what they are. */
export function toHeading(words: string): Markup {
  return element('h4', { class: 'line' }, words);
}

/** A row that takes one line. */
export function toRow(markup: Markup): Row {
  return { lines: 1, markup };
}

/** A share as a bar; what it says stands in words beside it. */
export function toBar(share: number, level: LiveLevel): Markup {
  const width = Math.min(1, Math.max(0, share)) * 100;
  return element(
    'svg',
    { class: `bar ${level}`, viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    [
      element('rect', { class: 'ground', width: '100', height: '8' }),
      element('rect', { width: width.toFixed(1), height: '8' }),
    ],
  );
}

/** Values at even distances as a line; a gap where there is none. `words` say it to whoever does not see it. */
export function toSpark(values: readonly (number | null)[], words: string): Markup {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const toY = (value: number) => (high === low ? 12 : 22 - ((value - low) / (high - low)) * 20);
  const path = values
    .map((value, at) => {
      if (value === null) return '';
      const isStart = at === 0 || values[at - 1] === null;
      return `${isStart ? 'M' : 'L'}${((at / Math.max(1, values.length - 1)) * 100).toFixed(1)} ${toY(value).toFixed(1)}`;
    })
    .join('');
  return element(
    'svg',
    { class: 'spark', viewBox: '0 0 100 24', preserveAspectRatio: 'none', role: 'img', 'aria-label': words },
    [element('title', {}, words), element('path', { d: path })],
  );
}

/** What a spark line shows, in words. */
export function toSparkWords(
  values: readonly (number | null)[],
  format: (value: number) => string = formatShare,
): string {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return 'No values';
  return `Now ${format(last)}, lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))}`;
}

/** The rows that fit in so many lines; the others stand behind a button that says how many there are. */
export function toFitting(rows: readonly Row[], room: number, isAll: boolean, word: string): Markup {
  const needed = rows.reduce((sum, row) => sum + row.lines, 0);
  const shown: Markup[] = [];
  let left = needed <= room ? room : room - 1;
  for (const { lines, markup } of rows) {
    left -= lines;
    if (isAll || left >= 0 || shown.length === 0) shown.push(markup);
    else break;
  }
  if (needed <= room) return shown;
  const words = isAll ? 'Show fewer' : `Show all ${rows.length.toLocaleString('en')} ${word}`;
  return [
    shown,
    element(
      'button',
      { type: 'button', class: 'all', 'data-act': 'all', 'data-key': `all ${word}`, 'aria-expanded': String(isAll) },
      words,
    ),
  ].flat();
}

/** What is missing from an answer or wrong with it, a line that opens to what can be done. */
export function toTroubles(
  setting: Setting,
  words: string,
  troubles: readonly Pick<LiveTrouble, 'what' | 'mend'>[],
): Row[] {
  if (troubles.length === 0) return [];
  const list = troubles.map(({ what, mend }) =>
    element('li', {}, [`${what}. `, element('span', { class: 'quiet' }, mend)]),
  );
  const line = toStatus(setting, 'attention', words);
  return [
    { lines: 1, markup: toDisclosure(setting, 'troubles', { main: line }, element('ul', { role: 'list' }, list)) },
  ];
}
