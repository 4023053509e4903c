import { readHtmlToken } from '../render/core/html-scanner.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Elements of MathML that show something, and none that leads or loads from anywhere. */
const elements = words(
  `math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose merror msub msup msubsup munder mover munderover
  mmultiscripts mprescripts mtable mtr mtd mlabeledtr`,
);

const attributes = words(
  `accent accentunder columnalign columnlines columnspacing columnspan depth display displaystyle fence form frame height largeop
  linebreak linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowalign
  rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric voffset width`,
);

const harmless = /^[\w\s.#%+-]*$/;
const escapeQuotes = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Writes what an engine drew anew, from the elements and attributes of an allow-list; the source goes with it as text. */
export function keepMathml(html: string, source: string): string {
  let out = '';
  const drawing = withLetters(html.replace(/<annotation\b[\s\S]*?<\/annotation>/g, ''));
  for (let at = 0; at < drawing.length; ) {
    const next = drawing.indexOf('<', at);
    out += drawing.slice(at, next < 0 ? drawing.length : next);
    if (next < 0) break;
    const token = readHtmlToken(drawing, next);
    at = token?.end ?? next + 1;
    if (token?.kind === 'end' && elements.has(token.name)) out += `</${token.name}>`;
    if (token?.kind !== 'start' || !elements.has(token.name)) continue;
    const kept = token.attributes.filter(([name, value]) => attributes.has(name) && harmless.test(value));
    const alone = token.name === 'math' ? [['alttext', escapeQuotes(source)], ...kept] : kept;
    out += `<${token.name}${alone.map(([name, value]) => ` ${name}="${value}"`).join('')}>`;
    if (token.selfClosing) out += `</${token.name}>`;
  }
  return out;
}

/** Where the alphabets of mathematics begin in Unicode: capitals, small letters, digits. */
const alphabets: Readonly<Record<string, readonly [number, number, number?]>> = {
  bold: [0x1d400, 0x1d41a, 0x1d7ce],
  italic: [0x1d434, 0x1d44e],
  'bold-italic': [0x1d468, 0x1d482],
  script: [0x1d49c, 0x1d4b6],
  fraktur: [0x1d504, 0x1d51e],
  'double-struck': [0x1d538, 0x1d552, 0x1d7d8],
  'sans-serif': [0x1d5a0, 0x1d5ba, 0x1d7e2],
  'bold-sans-serif': [0x1d5d4, 0x1d5ee, 0x1d7ec],
  monospace: [0x1d670, 0x1d68a, 0x1d7f6],
};

/** Letters that had a place before their alphabet had. */
const elder: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  italic: { h: 'ℎ' },
  script: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ', e: 'ℯ', g: 'ℊ', o: 'ℴ' },
  fraktur: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' },
  'double-struck': { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
};

/** Browsers no longer heed the variant of a letter, but know the letters of each by themselves. */
function withLetters(html: string): string {
  return html.replace(
    /<(mi|mn|mtext) mathvariant="([\w-]+)">([A-Za-z0-9]+)</g,
    (whole, tag: string, variant: string, text: string) =>
      alphabets[variant] ? `<${tag}>${[...text].map((letter) => toLetter(letter, variant)).join('')}<` : whole,
  );
}

function toLetter(letter: string, variant: string): string {
  const [capital = 0, small = 0, digit] = alphabets[variant] ?? [];
  const code = letter.charCodeAt(0);
  if (code < 65) return digit === undefined ? letter : String.fromCodePoint(digit + code - 48);
  return elder[variant]?.[letter] ?? String.fromCodePoint(code >= 97 ? small + code - 97 : capital + code - 65);
}
