import type { LiveAnswer, LiveLevel } from '#model/live/answer.ts';

/** The glyph of each meaning, and the word that says it where nothing better is known. */
export const levelTable: Readonly<Record<LiveLevel, { icon: string; word: string }>> = {
  well: { icon: 'circle-check', word: 'Healthy' },
  attention: { icon: 'triangle-alert', word: 'Needs attention' },
  broken: { icon: 'octagon-alert', word: 'Broken' },
  unknown: { icon: 'circle-help', word: 'Unknown' },
};

/** Worst first; what is not known says less than what is wrong, and more than that all is well. */
const worstFirst: readonly LiveLevel[] = ['broken', 'attention', 'unknown', 'well'];

/** The worst of some levels; `unknown` of none. */
export function toWorst(levels: readonly LiveLevel[]): LiveLevel {
  return worstFirst.find((level) => levels.includes(level)) ?? 'unknown';
}

const units: readonly [word: string, seconds: number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** A length of time in one short unit: `12 s`, `3 min`, `5 h`, `2 d`. */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [word, length] = units.find(([, size]) => whole >= size) ?? ['s', 1];
  return `${Math.floor(whole / length)} ${word}`;
}

/** How long ago something was, or how long it still takes. */
export function formatAge(iso: string, now: number): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  return seconds < -1 ? `in ${formatSpan(-seconds)}` : `${formatSpan(seconds)} ago`;
}

/** A number of things in words: `1 pod`, `2,300 pods`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** A share as a percentage, to as many places as it is told apart by: 0.9993 is `99.93 %`. */
export function formatShare(share: number, places = 2): string {
  return `${Number((share * 100).toFixed(places)).toLocaleString('en', { maximumFractionDigits: places })} %`;
}

/** Whether what was answered is older than what is fresh, or misses a part. */
export function isDoubtful({ state }: LiveAnswer): boolean {
  return state === 'stale' || state === 'partial';
}

const callWords: Readonly<Record<number, string>> = { 1: 'primary', 2: 'secondary' };

/** What people call a level of an escalation: primary, secondary, level 3. */
export function toCallWord(level: number): string {
  return callWords[level] ?? `level ${level}`;
}
