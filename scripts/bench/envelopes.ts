import type { Chance } from './chance.ts';

/** An entity as its team writes it. */
export type Envelope = {
  apiVersion: string;
  kind: keyof typeof shares | 'Component';
  metadata: Record<string, unknown> & { name: string };
  spec: Record<string, unknown>;
};

/** A system and the team that owns it and what is in it. */
export type Unit = { system: string; owner: string };

/** How an organisation is divided; the rest, one half, are components. */
export const shares = { API: 0.15, Resource: 0.1, User: 0.17, Group: 0.04, System: 0.035, Domain: 0.005 } as const;

export const apiVersion = 'backstage.io/v1alpha1';

/** A list of `count` things, each made from its position. */
export function list<Value>(count: number, toValue: (at: number) => Value): Value[] {
  return Array.from({ length: count }, (_, at) => toValue(at));
}

/** A number as names carry it, so that they sort: `00042`. */
export function number(at: number): string {
  return String(at).padStart(5, '0');
}

const vocabulary: readonly [string, ...string[]] = [
  ...(['accepts', 'answers', 'checks', 'keeps', 'matches', 'offers', 'prices', 'records', 'sends', 'settles'] as const),
  ...['accounts', 'carriers', 'claims', 'deliveries', 'ledgers', 'orders', 'payments', 'refunds', 'stock'],
  ...['after', 'before', 'between', 'each', 'every', 'for', 'in', 'nightly', 'once', 'the', 'with'],
];

/** As many words as asked for, with a full stop. */
export function toSentence(words: number, chance: Chance): string {
  return `${list(words, () => chance.pick(vocabulary)).join(' ')}.`;
}
