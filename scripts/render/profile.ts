import type { Options } from './core/options.ts';
import type { Extension, Host } from './extensions/define.ts';
import { extensions } from './extensions/index.ts';
import type { Install } from './markdown.ts';
import type { ExtensionRequest, Site } from './mkdocs.ts';

const plain: readonly ExtensionRequest[] = ['toc', 'tables', 'fenced_code'].map((name) => ({ name, options: {} }));

/** What TechDocs switches on for every tree. */
const techdocs: readonly ExtensionRequest[] = [
  { name: 'toc', options: { permalink: true } },
  { name: 'admonition', options: {} },
  { name: 'pymdownx.details', options: {} },
  { name: 'pymdownx.tabbed', options: { alternate_style: true } },
  { name: 'pymdownx.caret', options: {} },
  { name: 'pymdownx.critic', options: {} },
  { name: 'pymdownx.emoji', options: { emoji_generator: 'to_svg' } },
  { name: 'pymdownx.inlinehilite', options: {} },
  { name: 'pymdownx.magiclink', options: {} },
  { name: 'pymdownx.mark', options: {} },
  { name: 'pymdownx.smartsymbols', options: {} },
  { name: 'pymdownx.snippets', options: { restrict_base_path: true } },
  { name: 'pymdownx.highlight', options: { linenums: true, pygments_lang_class: true } },
  { name: 'pymdownx.extra', options: {} },
  { name: 'pymdownx.betterem', options: { smart_enable: 'all' } },
  { name: 'pymdownx.tasklist', options: { custom_checkbox: true } },
  { name: 'pymdownx.tilde', options: {} },
  { name: 'markdown_inline_graphviz', options: {} },
  { name: 'plantuml_markdown', options: {} },
  { name: 'mdx_truly_sane_lists', options: { nested_indent: 2, truly_sane: true } },
];

/** Extensions that are nothing but a set of others. */
const bundles: Readonly<Record<string, readonly string[]>> = {
  'pymdownx.extra': [
    'pymdownx.betterem',
    'pymdownx.superfences',
    'footnotes',
    'attr_list',
    'def_list',
    'tables',
    'abbr',
    'md_in_html',
  ],
  extra: ['fenced_code', 'footnotes', 'attr_list', 'def_list', 'tables', 'abbr', 'md_in_html'],
};

const known = new Map<string, Extension>(
  extensions.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const)),
);

type Resolved = { extensions: Map<Extension, Options>; unknown: string[] };

function add(resolved: Resolved, { name, options }: ExtensionRequest): void {
  const bare = name.replace(/^markdown\.extensions\./, '').replace(/:.*$/, '');
  const bundle = Object.hasOwn(bundles, bare) ? bundles[bare] : undefined;
  if (bundle) {
    for (const one of bundle) add(resolved, { name: one, options: optionsFor(options, one) });
    return;
  }
  const extension = known.get(name) ?? known.get(bare);
  if (!extension) resolved.unknown.push(name);
  else {
    for (const brought of extension.brings ?? [])
      if (!has(resolved, brought)) add(resolved, { name: brought, options: { brought: true } });
    resolved.extensions.set(extension, { ...resolved.extensions.get(extension), brought: false, ...options });
  }
}

function has({ extensions: present }: Resolved, name: string): boolean {
  const extension = known.get(name);
  return extension !== undefined && present.has(extension);
}

function optionsFor(options: Options, name: string): Options {
  const own = options[name];
  return typeof own === 'object' && own !== null ? { ...own } : {};
}

/** Chooses the extensions of a site: what is always there, what its profile adds, what it asks for itself. */
export function resolveExtensions(site: Pick<Site, 'profile' | 'extensions'>): Resolved {
  const resolved: Resolved = { extensions: new Map(), unknown: [] };
  for (const request of plain) add(resolved, request);
  if (site.profile === 'techdocs') for (const request of techdocs) add(resolved, request);
  for (const request of site.extensions) add(resolved, request);
  return resolved;
}

/** The steps that put extensions into a converter. */
export function toInstalls({ extensions: chosen }: Resolved, host: Host): Install[] {
  return [...chosen].map(
    ([extension, options]) =>
      (registry) =>
        extension.install(registry, options, host),
  );
}
