const special = /[.+^${}()|\\]/;

/** A glob of paths as a test: `*` within a folder, `**` over folders, `?`, and character classes. */
export function toGlobPattern(glob: string): RegExp {
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
      source += '[^/]*';
    } else if (char === '?') source += '[^/]';
    else if (char === '[' && glob.indexOf(']', at + 2) > 0) {
      const end = glob.indexOf(']', at + 2);
      source += `[${glob
        .slice(at + 1, end)
        .replace(/^!/, '^')
        .replace(/[\\\]]/g, '\\$&')}]`;
      at = end;
    } else source += special.test(char) || char === '[' || char === ']' ? `\\${char}` : char;
  }
  return new RegExp(`^${source}$`);
}

/** Reads patterns as a .gitignore has them; answers whether a path is meant. Later lines win, `!` takes back. */
export function createIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map(toRule);
  return (path) => rules.reduce((ignored, { negated, matches }) => (matches(path) ? !negated : ignored), false);
}

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
