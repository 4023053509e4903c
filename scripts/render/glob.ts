import { type Pattern, parsePattern } from './patterns.ts';

const special = /[.+^${}()|\\]/;

/** Up to here the engine of the language cannot take long; it is the faster one. */
const fewWildcards = 3;

/** A glob of paths as a test: `*` within a folder, `**` over folders, `?`, and character classes. */
export function toGlobPattern(glob: string): Pattern {
  return toPattern(glob.replace(/(?:\*\*\/)+/g, '**/'), '[^/]*');
}

/** A glob as Python's fnmatch reads it, whose `*` goes over folders too. */
export function toLooseGlob(glob: string): Pattern {
  return toPattern(glob.replace(/\*+/g, '*'), '.*');
}

function toPattern(glob: string, star: string): Pattern {
  const source = `^${toSource(glob, star)}$`;
  if (glob.split('*').length - 1 <= fewWildcards) return new RegExp(source, 's');
  return parsePattern(source) ?? { test: (text) => text === glob };
}

function toSource(glob: string, star: string): string {
  let source = '';
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] ?? '';
    if (glob.startsWith('**/', at)) {
      source += '(?:[^/]+/)*';
      at += 2;
    } else if (glob.startsWith('**', at)) {
      source += '.*';
      at += 1;
    } else if (char === '*') {
      while (glob[at + 1] === '*') at++;
      source += star;
    } else if (char === '?') source += '[^/]';
    else if (char === '[' && glob.indexOf(']', at + 2) > 0) {
      const end = glob.indexOf(']', at + 2);
      source += toClass(glob.slice(at + 1, end));
      at = end;
    } else source += special.test(char) || char === '[' || char === ']' ? `\\${char}` : char;
  }
  return source;
}

/** A class of characters; a range that runs backwards holds nothing in Python and would be an error here. */
function toClass(inside: string): string {
  const escaped = inside.replace(/^!/, '^').replace(/[\\\]]/g, '\\$&');
  return `[${escaped.replace(/(.)-(.)/gs, (range, low: string, high: string) => (low > high ? `${low}\\-${high}` : range))}]`;
}

/** Reads patterns as a .gitignore has them; answers whether a path is meant. Later lines win, `!` takes back. */
export function createIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .slice(0, maxRules)
    .map(toRule);
  return (path) => rules.reduce((ignored, { negated, matches }) => (matches(path) ? !negated : ignored), false);
}

/** Nobody writes more; each is tried on every path. */
const maxRules = 500;

function toRule(line: string): { negated: boolean; matches(path: string): boolean } {
  const negated = line.startsWith('!');
  const body = negated ? line.slice(1) : line;
  const onlyFolder = body.endsWith('/');
  const bare = body.replace(/\/$/, '');
  const rooted = bare.includes('/');
  const glob = (rooted ? '' : '**/') + bare.replace(/^\//, '');
  const whole = toGlobPattern(glob);
  const inside = toGlobPattern(`${glob}/**`);
  return { negated, matches: (path) => inside.test(path) || (!onlyFolder && whole.test(path)) };
}
