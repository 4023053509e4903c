/** What is known of a plugin or setting: that its work is done here, or what is missing without it. */
export type Purpose = { isDone: true } | { isDone: false; effect: string; mend?: string };

const done: Purpose = { isDone: true };
const lacks = (effect: string, mend?: string): Purpose => ({ isDone: false, effect, ...(mend && { mend }) });

const wiki = 'Write links to files: `[text](other-page.md)`.';
const generated = 'Commit the files that it makes, and they are shown.';

/** Plugins by name. Those whose work Portolan does itself, or that have none to do here, are done. */
export const plugins: Readonly<Record<string, Purpose>> = {
  'techdocs-core': done,
  search: done,
  'material/search': done,
  monorepo: done,
  redirects: done,
  'gh-admonitions': done,
  'awesome-pages': done,
  'awesome-nav': done,
  'literate-nav': done,
  'section-index': done,
  'mkdocs-nav-weight': done,
  'nav-weight': done,
  exclude: done,
  macros: done,
  'same-dir': done,
  minify: done,
  'material/privacy': done,
  privacy: done,
  offline: done,
  'material/offline': done,
  optimize: done,
  'material/optimize': done,
  social: done,
  'material/social': done,
  group: done,
  'material/group': done,
  meta: done,
  'material/meta': done,
  glightbox: done,
  mermaid2: done,
  autolinks: done,
  'git-revision-date': done,
  'git-revision-date-localized': done,
  'git-committers': lacks('names the people who wrote each page'),
  'git-committers-2': lacks('names the people who wrote each page'),
  'git-authors': lacks('names the people who wrote each page'),
  tags: lacks('makes lists of pages by their tags'),
  'material/tags': lacks('makes lists of pages by their tags'),
  blog: lacks(
    'makes a blog, with an archive and categories, out of posts',
    'Its posts are pages here; name them in the navigation.',
  ),
  'material/blog': lacks(
    'makes a blog, with an archive and categories, out of posts',
    'Its posts are pages here; name them in the navigation.',
  ),
  rss: lacks('makes a feed of the pages that changed'),
  mkdocstrings: lacks('makes API pages out of Python docstrings', generated),
  autorefs: lacks('links to headings of any page by their name', wiki),
  'gen-files': lacks('runs programs that write pages', generated),
  'include-markdown': lacks('includes other files into pages', 'Use snippets: `--8<-- "file.md"`.'),
  markdownextradata: lacks('fills variables into pages', 'Use the plugin `macros` for plain variables.'),
  mike: lacks('keeps one site for each version'),
  kroki: lacks('has diagrams drawn by a server', 'Diagrams in Mermaid and Graphviz are drawn without it.'),
  build_plantuml: lacks('draws PlantUML files', 'Commit the pictures that it makes.'),
  drawio: lacks('shows drawings of draw.io', 'Export them as SVG and link to those.'),
  'drawio-exporter': lacks('turns drawings of draw.io into pictures', 'Export them as SVG and link to those.'),
  ezlinks: lacks('turns `[[wiki links]]` into links', wiki),
  roamlinks: lacks('turns `[[wiki links]]` into links', wiki),
  'obsidian-bridge': lacks('turns `[[wiki links]]` and embeds into links', wiki),
  'print-site': lacks('puts all pages onto one for printing'),
  'with-pdf': lacks('makes a PDF of all pages'),
  'pdf-export': lacks('makes a PDF of each page'),
  exporter: lacks('makes a PDF of each page'),
  'table-reader': lacks('reads tables out of data files', 'Write the tables as Markdown.'),
  'mkdocs-jupyter': lacks('makes pages out of notebooks', 'Commit the notebooks converted to Markdown.'),
  'swagger-ui-tag': lacks('shows an API in Swagger UI', 'Add the API to the catalog: it has a page of its own there.'),
  render_swagger: lacks('shows an API in Swagger UI', 'Add the API to the catalog: it has a page of its own there.'),
  multirepo: lacks(
    'fetches pages of other repositories',
    'Announce the docs of each repository in its own catalog file.',
  ),
  i18n: lacks('makes a site for each language'),
  'static-i18n': lacks('makes a site for each language'),
  htmlproofer: done,
  linkcheck: done,
  llmstxt: lacks('writes `llms.txt` for language models'),
  'open-in-new-tab': lacks('opens links in new tabs'),
  caption: lacks('numbers figures and tables'),
  'enumerate-headings': lacks('numbers headings'),
  'add-number': lacks('numbers headings'),
  'simple-hooks': lacks('runs programs while the site is built', generated),
};

/** Markdown extensions that are not here, by name. */
export const extensionPurposes: Readonly<Record<string, string>> = {
  markdown_include: 'includes other files into pages',
  'markdown_include.include': 'includes other files into pages',
  mdx_include: 'includes other files into pages',
  callouts: 'turns quotes with a keyword into callouts',
  'mkdocs-click': 'describes commands of Python programs',
  mkpatcher: 'runs a program on the text of each page',
  mdx_math: 'marks formulas',
  mdx_gh_links: 'turns `#123` and `@name` into links to GitHub',
  'zensical.extensions.macros': 'fills variables into pages',
};

/** Settings of mkdocs.yml that change how a site of MkDocs looks or runs, and have no meaning here. */
export const unusedSettings: Readonly<Record<string, string>> = {
  hooks: 'programs of a repository are not run',
  custom_dir: 'pages have the look of the portal',
  extra_css: 'pages have the look of the portal',
  extra_javascript: 'scripts of a repository are not run',
  extra_templates: 'pages have the look of the portal',
};
