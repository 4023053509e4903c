/** A line of a CODEOWNERS file that gives a folder to somebody, or with no owners to nobody. */
export type OwnersRule = { line: number; pattern: string; owners: string[]; covers: (folder: string) => boolean };

/** GitHub reads no larger file either. */
const maxCharacters = 3 * 1024 * 1024;
const maxRules = 20_000;
const maxOwners = 50;
const maxWord = 300;

/**
 * Reads the rules of a CODEOWNERS file that are about whole folders. Patterns of file names say nothing about whose a
 * folder is, and sections of GitLab are headings; both are passed over.
 */
export function parseOwnersFile(text: string): OwnersRule[] {
  if (text.length > maxCharacters) return [];
  const rules: OwnersRule[] = [];
  let line = 0;
  for (let start = 0; start <= text.length && rules.length < maxRules; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    line += 1;
    const rule = toRule(text.slice(start, Math.min(end, start + maxOwners * maxWord)), line);
    if (rule) rules.push(rule);
    start = end + 1;
  }
  return rules;
}

/** The rule that decides about a folder: the last one that covers it. */
export function findOwnersRule(rules: readonly OwnersRule[], folder: string): OwnersRule | undefined {
  return rules.findLast(({ covers }) => covers(folder));
}

function toRule(text: string, line: number): OwnersRule | undefined {
  const [pattern, ...words] = listWords(text);
  if (pattern === undefined || /^\^?\[/.test(pattern)) return undefined;
  const covers = findCover(pattern);
  const owners = words.filter((word) => word.includes('@') && word.length <= maxWord).slice(0, maxOwners);
  return covers && { line, pattern, owners, covers };
}

/** The words of a line up to a comment; a space behind a backslash belongs to its word. */
function listWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && /\s/.test(text.charAt(at + 1))) {
      word += text.charAt(at + 1);
      at += 1;
    } else if (character === '#' && word === '') break;
    else if (!/\s/.test(character)) word += character;
    else if (word !== '') {
      words.push(word);
      word = '';
    }
  }
  return word === '' ? words : [...words, word];
}

/** Which folders a pattern covers; undefined for one that is about files by their names. */
function findCover(pattern: string): OwnersRule['covers'] | undefined {
  if (/^(?:\*\*?|\/|\/?\*\*\/\*?|\/\*\*)$/.test(pattern)) return () => true;
  const isShallow = /(?:^|\/)\*$/.test(pattern);
  const isAnchored = pattern.slice(0, -1).includes('/');
  const path = pattern.replace(/^\//, '').replace(/\/?(?:\*{1,2})?$/, '');
  if (/[*?[\]\\!]/.test(path) || (path === '' && !isShallow)) return undefined;
  if (isShallow) return (folder) => folder === path;
  if (isAnchored) return (folder) => folder === path || folder.startsWith(`${path}/`);
  return (folder) => folder.split('/').includes(path);
}
