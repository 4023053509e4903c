// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unseen = /\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/** Who logs in by an address. */
const logins = /(?<=:\/\/)[^\s/]*@/g;

/** Text of an upstream as one line of at most `most` characters, without anything that cannot be seen. */
export function toLine(text: string, most: number): string {
  const line = text.replace(unseen, ' ').replace(/\s+/g, ' ').replace(logins, '').trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

/** Text as a string of PromQL, quotes around it. */
export function toQuoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `"${escaped}"`;
}

/** A number as people need it, without the dust of binary fractions; nothing for what is no number. */
export function findNumber(value: number): number | undefined {
  return Number.isFinite(value) ? Number(value.toPrecision(9)) : undefined;
}

const seconds: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };

/** A duration of PromQL in seconds: `1d43m`. */
export function toSeconds(duration: string): number {
  return [...duration.matchAll(/(\d+)([wdhms])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (seconds[unit] ?? 0),
    0,
  );
}
