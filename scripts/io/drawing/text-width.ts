/** Advance widths of the printable ASCII characters of a common sans-serif face, in thousandths of the font size. */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** Readers have other fonts than the one of the table; most are a little wider. */
const safety = 1.08;
const boldness = 1.08;

const isWide =
  /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u;
const isMark = /[\p{Mn}\p{Me}\p{Cf}]/u;

function widthOf(character: string): number {
  const known = widths[(character.codePointAt(0) ?? 0) - 32];
  if (known !== undefined) return known;
  if (isMark.test(character)) return 0;
  return isWide.test(character) ? 1000 : 600;
}

/** How wide a text is on a line, the same on every machine: a little more than in most fonts, so that nothing is cut. */
export function toTextWidth(text: string, size: number, isBold: boolean): number {
  let sum = 0;
  for (const character of text) sum += widthOf(character);
  return (sum / 1000) * size * safety * (isBold ? boldness : 1);
}

/** How far a line of text reaches above and below its base, as a part of the font size. */
export const ascent = 0.905;
export const descent = 0.212;
