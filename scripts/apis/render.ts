import type { DefinitionEntry } from '#model/api-definition.ts';
import { formatCount, toEscaped, toProse, toWords } from './markup.ts';
import type { Case, Definition, Entry, Fact, Group, Part } from './model.ts';
import { toFieldsHtml, toShapeHtml } from './render-shape.ts';

export type Highlight = (code: string, language: string) => string | undefined;

/** A definition as the HTML of its page, and of the list of contents beside it. */
export type RenderedDefinition = {
  body: string;
  contents: string;
  counts: string;
  entries: DefinitionEntry[];
  isShortened: boolean;
};

/**
 * What one page holds: so many characters in full; beyond, entries have their heading and first words, up to so many of them.
 * Everything is in the file, which is one link away.
 */
const limits = { characters: 900_000, entries: 2500, card: 12 };

/** Renders a definition; what it is written in no longer matters here. */
export function renderDefinition(
  { description, facts = [], groups }: Definition,
  highlight: Highlight,
): RenderedDefinition {
  const pieces: string[] = [];
  let room = limits.characters;
  let count = 0;
  let isShortened = false;
  const add = (html: string) => {
    pieces.push(html);
    room -= html.length;
  };
  if (description) add(toProse(description));
  if (facts.length > 0) add(toFacts(facts));
  const shown = groups.map((group) => {
    const entries = group.entries.slice(0, Math.max(0, limits.entries - count));
    count += entries.length;
    if (entries.length < group.entries.length) isShortened = true;
    add(toGroupHead(group));
    for (const entry of entries) {
      const isWhole = room > 0;
      if (!isWhole) isShortened = true;
      add(
        toEntryHtml(
          entry,
          isWhole
            ? entry
                .parts()
                .map((part) => toPart(part, highlight))
                .join('')
            : '',
        ),
      );
    }
    if (entries.length < group.entries.length)
      add(`<p class="quiet">${formatCount(group.entries.length - entries.length, group.noun)} more in the file.</p>`);
    add('</section>');
    return { ...group, entries };
  });
  if (count === 0) add('<p class="quiet">Nothing is defined in it yet.</p>');
  const main = groups.filter(({ isMain }) => isMain).flatMap(({ entries }) => entries);
  return {
    body: pieces.join('\n'),
    contents: toContents(shown),
    counts: toCounts(groups),
    entries: main.length <= limits.card ? main.map(toSummary) : [],
    isShortened,
  };
}

const toSummary = ({ id, badge, name, title, isDeprecated }: Entry): DefinitionEntry => ({
  ...{ id, name },
  ...(badge && { badge }),
  ...(title && { title }),
  ...(isDeprecated && { isDeprecated }),
});

/** `12 operations in 3 groups, 5 schemas`. */
function toCounts(groups: readonly Group[]): string {
  const nouns = Map.groupBy(groups, ({ noun }) => noun[1]);
  return [...nouns.values()]
    .map((own) => {
      const [first] = own;
      const total = own.reduce((sum, { entries }) => sum + entries.length, 0);
      const within = own.length > 1 ? ` in ${own.length} groups` : '';
      return first ? `${formatCount(total, first.noun)}${within}` : '';
    })
    .join(', ');
}

function toGroupHead({ id, title, description }: Group): string {
  const href = toEscaped(encodeURIComponent(id));
  const about = description ? toProse(description) : '';
  return `<section class="group"><h2 id="${toEscaped(id)}">${toEscaped(title)}<a class="headerlink" href="#${href}" aria-label="Link to ${toEscaped(title)}">#</a></h2>${about}`;
}

const toBadge = (badge: string | undefined): string =>
  badge
    ? `<span class="badge ${toEscaped(badge.toLowerCase().replace(/[^a-z]/g, ''))}">${toEscaped(badge)}</span> `
    : '';

function toEntryHtml(entry: Entry, parts: string): string {
  const { id, badge, name, title, description, isDeprecated, deprecation } = entry;
  const shown = isDeprecated ? `<del>${toEscaped(name)}</del>` : toEscaped(name);
  const called = title ? `<span class="title"> — ${toEscaped(title)}</span>` : '';
  const link = `<a class="headerlink" href="#${toEscaped(encodeURIComponent(id))}" aria-label="Link to ${toEscaped(name)}">#</a>`;
  const head = `<h3 id="${toEscaped(id)}">${toBadge(badge)}<code>${shown}</code>${called}${link}</h3>`;
  const warning = isDeprecated
    ? `<p class="deprecated"><strong>Deprecated.</strong></p>${deprecation ? toProse(deprecation) : ''}`
    : '';
  return `<article class="entry">${head}${warning}${description ? toProse(description) : ''}${parts}</article>`;
}

function toFacts(facts: readonly Fact[]): string {
  const rows = facts.map(({ label, words }) => `<div><dt>${toEscaped(label)}</dt><dd>${toWords(words)}</dd></div>`);
  return `<dl class="facts">${rows.join('')}</dl>`;
}

const toTitle = (title: string, note = ''): string =>
  title === '' && note === ''
    ? ''
    : `<p class="part">${toEscaped(title)}${note ? `${title ? ' ' : ''}<span class="media">${toEscaped(note)}</span>` : ''}</p>`;

function toPart(part: Part, highlight: Highlight): string {
  switch (part.kind) {
    case 'text':
      return toTitle(part.title ?? '') + toProse(part.text);
    case 'fields':
      return toTitle(part.title) + toFieldsHtml(part.fields);
    case 'shape':
      return toShapePart(part);
    case 'code':
      return `<details class="code"><summary>${toEscaped(part.title)}</summary>${toCode(part.code, part.language, highlight)}</details>`;
    case 'facts':
      return toFacts(part.facts);
    case 'cases':
      return `${toTitle(part.title)}<ul class="cases" role="list">${part.cases.map((each) => toCase(each, highlight)).join('')}</ul>`;
  }
}

/** A shape under its title; one that is a name alone stands in the same line. */
function toShapePart({ title, note, description, shape }: Extract<Part, { kind: 'shape' }>): string {
  const { type, ...more } = shape;
  const isName = Object.keys(more).length === 0 && (title !== '' || note !== undefined);
  const about = description ? toProse(description) : '';
  if (!isName) return toTitle(title, note) + about + toShapeHtml(shape);
  return toTitle(title, note).replace(/<\/p>$/, ` <span class="type">${toWords(type)}</span></p>`) + about;
}

function toCase({ name, tone, description, parts }: Case, highlight: Highlight): string {
  const head = `<code class="name${tone ? ` ${tone}` : ''}">${toEscaped(name)}</code>`;
  const inner = parts.map((part) => toPart(part, highlight)).join('');
  return `<li><div class="head">${head}</div><div class="about">${description ? toProse(description) : ''}${inner}</div></li>`;
}

/** Code as a block, painted where its language is known. */
function toCode(code: string, language: string, highlight: Highlight): string {
  return `<pre><code>${highlight(code, language) ?? toEscaped(code)}</code></pre>`;
}

function toContents(groups: readonly Group[]): string {
  const toItem = ({ id, badge, name, isDeprecated }: Entry) =>
    `<li><a href="#${toEscaped(encodeURIComponent(id))}">${toBadge(badge)}${isDeprecated ? `<del>${toEscaped(name)}</del>` : toEscaped(name)}</a></li>`;
  return groups
    .filter(({ entries }) => entries.length > 0)
    .map(
      ({ id, title, entries }) =>
        `<li><a class="group" href="#${toEscaped(encodeURIComponent(id))}">${toEscaped(title)}</a><ul role="list">${entries.map(toItem).join('')}</ul></li>`,
    )
    .join('');
}

/** A rendered body without its examples, in which nobody searches. */
export const withoutExamples = (html: string): string => html.replace(/<details class="code">[\s\S]*?<\/details>/g, '');
