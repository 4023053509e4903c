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
