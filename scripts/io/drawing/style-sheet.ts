/** A rule of a style sheet: for which elements, what, and how much it weighs against others. */
export type Rule = { selector: string; declarations: Declaration[]; weight: number };
export type Declaration = { name: string; value: string; isImportant: boolean };

/** Reads declarations as a `style` attribute has them. */
export function toDeclarations(text: string): Declaration[] {
  return text.split(';').flatMap((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) return [];
    const value = part.slice(colon + 1).trim();
    const bare = value.replace(/\s*!\s*important/i, '');
    const name = part.slice(0, colon).trim().toLowerCase();
    return [{ name, value: bare.trim(), isImportant: bare !== value }];
  });
}

function toWeight(selector: string): number {
  const ids = selector.match(/#[\w-]+/g)?.length ?? 0;
  const classes = selector.match(/\.[\w-]+|\[[^\]]*\]|:(?!not|:)[\w-]+/g)?.length ?? 0;
  const tags = selector.match(/(?:^|[\s>+~(])[a-z][\w-]*/gi)?.length ?? 0;
  return ids * 10_000 + classes * 100 + tags;
}

/** Where the block that opens at `from` ends. */
function findEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

/** Reads the rules of a style sheet, one for each selector; rules for media, animations and the like are left out. */
export function toRules(text: string): Rule[] {
  const sheet = text.replace(/\/\*[\s\S]*?\*\//g, '');
  const rules: Rule[] = [];
  for (let at = 0, open = sheet.indexOf('{'); open >= 0; open = sheet.indexOf('{', at)) {
    const selectors = sheet.slice(at, open).trim();
    const end = findEnd(sheet, open);
    at = end + 1;
    if (selectors.startsWith('@')) continue;
    const declarations = toDeclarations(sheet.slice(open + 1, end));
    if (declarations.length === 0) continue;
    for (const selector of selectors.split(/,(?![^(]*\))/).map((one) => one.trim()))
      rules.push({ selector, declarations, weight: toWeight(selector) });
  }
  return rules;
}
