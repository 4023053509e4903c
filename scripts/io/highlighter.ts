import { createRequire } from 'node:module';

type Prism = {
  languages: Record<string, unknown>;
  highlight(code: string, grammar: unknown, language: string): string;
};

const maxLength = 60_000;
/** How many pieces of code are remembered; the same ones mostly stand near each other. */
const remembered = 1000;

/** Names that people write for languages that Prism knows by another one. */
const aliases: Readonly<Record<string, string>> = {
  console: 'shell-session',
  'shell-session': 'shell-session',
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  yml: 'yaml',
  py: 'python',
  py3: 'python',
  pycon: 'python',
  js: 'javascript',
  ts: 'typescript',
  jinja: 'django',
  jinja2: 'django',
  tf: 'hcl',
  terraform: 'hcl',
  dockerfile: 'docker',
  golang: 'go',
  rs: 'rust',
  rb: 'ruby',
  kt: 'kotlin',
  cs: 'csharp',
  'c#': 'csharp',
  'c++': 'cpp',
  proto: 'protobuf',
  ps1: 'powershell',
  html: 'markup',
  xml: 'markup',
  svg: 'markup',
  md: 'markdown',
  gql: 'graphql',
  make: 'makefile',
  conf: 'ini',
  json5: 'json5',
  jsonc: 'json5',
};
const plain = new Set(['text', 'txt', 'plain', 'none', 'output', 'mermaid', '']);

/** Makes a painter of code that gives tokens classes; what was painted a moment ago is remembered. */
export function createHighlighter(from: string): (code: string, language: string) => string | undefined {
  const require = createRequire(from);
  const painted = new Map<string, string>();
  const missing = new Set<string>();
  let prism: Prism | undefined;
  let load: ((names: string[]) => void) | undefined;

  function findGrammar(name: string): unknown {
    prism ??= require('prismjs') as Prism; // the package's own type is not installed with it
    load ??= Object.assign(require('prismjs/components/index.js') as (names: string[]) => void, { silent: true });
    if (!Object.hasOwn(prism.languages, name) && !missing.has(name)) load([name]);
    if (Object.hasOwn(prism.languages, name)) return prism.languages[name];
    missing.add(name);
    return undefined;
  }

  return (code, language) => {
    const wanted = language.toLowerCase();
    const name = Object.hasOwn(aliases, wanted) ? (aliases[wanted] ?? wanted) : wanted;
    if (plain.has(name) || code.length > maxLength || !/^[a-z][\w-]*$/.test(name)) return undefined;
    const key = `${name}\n${code}`;
    const known = painted.get(key);
    if (known !== undefined) return known;
    const grammar = findGrammar(name);
    if (typeof grammar !== 'object' || !prism) return undefined;
    // Prism turns no-break spaces into plain ones; the code must stay as it was written.
    const html = prism.highlight(code.replaceAll('\u00a0', '\ufdd2'), grammar, name).replaceAll('\ufdd2', '\u00a0');
    if (painted.size >= remembered) painted.clear();
    painted.set(key, html);
    return html;
  };
}
