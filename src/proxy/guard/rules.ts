import type { Arrival } from '../arrival.ts';
import type { RefusalCode } from '../refusals.ts';

/** What the rules need to know of the house. */
export type House = {
  /** Where the site's base is, without a slash at its end. */
  base: string;
  /** Host names that requests may be for; any when empty. */
  hosts: readonly string[];
};

type Rule = { code: RefusalCode; isBroken: (arrival: Arrival, house: House) => boolean };

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const sites: ReadonlySet<string | undefined> = new Set([undefined, 'same-origin', 'none']);
/** Probes ask by the address of a machine, whatever the portal is called. */
const probes = /^\/(healthz|readyz)$/;
const longest = 2048;
/** Room for a hundred references, which is what this one address is for. */
const longestBatch = 8192;

/** What is asked of every request before anything of it is understood, in this order. */
const rules: readonly Rule[] = [
  { code: 'method', isBroken: ({ method }) => !methods.has(method) },
  {
    code: 'target-too-long',
    isBroken: ({ target }, { base }) =>
      target.length > (target.startsWith(`${base}/api/live/status?`) ? longestBatch : longest),
  },
  {
    code: 'body',
    isBroken: ({ findHeader }) =>
      (findHeader('content-length') ?? '0') !== '0' || findHeader('transfer-encoding') !== undefined,
  },
  { code: 'target-wrong', isBroken: ({ target }) => !/^\/(?!\/)[\x21-\x7e]*$/.test(target) || target.includes('#') },
  { code: 'encoding-wrong', isBroken: ({ target }) => isOddlyEncoded(target) },
  {
    code: 'host-wrong',
    isBroken: ({ target, findHeader }, { hosts }) =>
      hosts.length > 0 && !probes.test(target) && !hosts.includes(toHostName(findHeader('host') ?? '')),
  },
  { code: 'cross-site', isBroken: ({ findHeader }) => !sites.has(findHeader('sec-fetch-site')) },
];

/** The first rule that a request breaks, if any. */
export function findBrokenRule(arrival: Arrival, house: House): RefusalCode | undefined {
  return rules.find(({ isBroken }) => isBroken(arrival, house))?.code;
}

function isOddlyEncoded(target: string): boolean {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  // A reference in a query holds a slash; nothing else that is odd in a path is right there.
  if (/%2f/i.test(path) || /%(25|5c|00)|\\/i.test(target)) return true;
  const decoded = findDecoded(target);
  return decoded === undefined || hasControls(decoded) || hasDots(findDecoded(path) ?? '..');
}

/** Whether a path holds what a reader of paths may take away: two dots, or a part that is a dot. */
function hasDots(path: string): boolean {
  return path.includes('..') || /\/\.(\/|$)/.test(path);
}

/** A text decoded once; nothing where it is not well encoded. */
export function findDecoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u001f\u007f-\u009f]/.test(text);
}

function toHostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
