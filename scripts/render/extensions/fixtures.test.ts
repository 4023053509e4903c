import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Options } from '../core/options.ts';
import { createMarkdown } from '../markdown.ts';
import { resolveExtensions, toInstalls } from '../profile.ts';
import type { Host } from './define.ts';

/** The files that fixtures include. */
const parts: Readonly<Record<string, string>> = {
  'part.txt': 'Part.\n',
};
const host: Host = {
  readText: (path) => parts[path],
  highlight: () => undefined,
  icon: () => undefined,
  emoji: (name) => (name === 'smile' ? '😄' : undefined),
};

/** What a fixture asks for besides its own extension. */
const more: Readonly<Record<string, [string, Options][]>> = {
  blocks: ['admonition', 'details', 'caption'].map((name) => [`pymdownx.blocks.${name}`, {}]),
  superfences: [['pymdownx.superfences', { custom_fences: [{ name: 'mermaid', class: 'mermaid' }] }]],
  'diagram-sources': ['markdown_inline_graphviz', 'plantuml_markdown', 'pymdownx.superfences'].map((name) => [
    name,
    {},
  ]),
  'fenced-code': [['fenced_code', {}]],
  'truly-sane-lists': [['mdx_truly_sane_lists', {}]],
};

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.replace('.md', ''));

function namesOf(fixture: string): [string, Options][] {
  const name = fixture.replaceAll('-', '_');
  return (
    more[fixture] ?? [
      [name, {}],
      [`pymdownx.${name}`, {}],
    ]
  );
}

function render(fixture: string): string {
  const extensions = namesOf(fixture).map(([name, options]) => ({ name, options }));
  const site = { profile: 'mkdocs' as const, extensions };
  const source = readFileSync(new URL(`${fixture}.md`, folder), 'utf8');
  return createMarkdown(toInstalls(resolveExtensions(site), host)).convert(source).html;
}

test.each(names)('renders %s', (name) => {
  const golden = readFileSync(new URL(`${name}.html`, folder), 'utf8');
  expect(`${render(name).trim()}\n`).toBe(golden);
});
