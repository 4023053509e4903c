import { formatRef, parseRef } from '#model/ref.ts';
import type { RowQuery } from '#model/rows.ts';

/** Whose rows alone are shown: everybody's, the reader's own, or those with a star. */
export type Only = '' | 'mine' | 'starred';

/** What the address of a list asks for. */
export type ListAddress = Pick<RowQuery, 'text' | 'chosen' | 'within' | 'sort'> & { only: Only };

export const emptyAddress: ListAddress = { text: '', chosen: {}, within: [], sort: '', only: '' };

/** The names that Backstage gives to filters in its addresses, `filters[owners]=…`, and ours. */
const backstageNames: Readonly<Record<string, string>> = {
  kind: 'kind',
  type: 'type',
  owners: 'owner',
  lifecycles: 'lifecycle',
  tags: 'tag',
  namespace: 'namespace',
  text: 'q',
  user: 'only',
};
const backstageForm = /^filters\[(\w+)\](?:\[\d*\])?$/;
const onlyWords: Readonly<Record<string, Only>> = { mine: 'mine', owned: 'mine', starred: 'starred' };

function toFullRef(text: string): string {
  const { value } = parseRef(text, { kind: 'group' });
  return text === '' || !value ? text : formatRef(value);
}

/** How the values of some filters are spelt, whatever spelling the address has. */
const spellings: Readonly<Record<string, (value: string) => string>> = {
  owner: toFullRef,
  kind: (value) => value.toLowerCase(),
};

/** What an address asks for, in our words or in Backstage's; what is no filter of this list is left alone. */
export function parseListAddress(search: string, facetKeys: readonly string[]): ListAddress {
  const chosen: Record<string, string[]> = {};
  const address = { ...emptyAddress, within: [] as string[] };
  for (const [written, value] of new URLSearchParams(search)) {
    const name = backstageForm.exec(written)?.[1];
    const key = name === undefined ? written : (backstageNames[name] ?? '');
    if (key === 'q') address.text = value;
    else if (key === 'sort') address.sort = value;
    else if (key === 'within') address.within.push(toFullRef(value));
    else if (key === 'only') address.only = onlyWords[value] ?? '';
    else if (facetKeys.includes(key) && !(name && value === 'all'))
      chosen[key] = [...new Set([...(chosen[key] ?? []), spellings[key]?.(value) ?? value])];
  }
  return { ...address, chosen };
}

/** The query part of an address that asks for this, `?` included; empty when it asks for nothing. */
export function formatListAddress({ text, chosen, within, sort, only }: ListAddress): string {
  const parameters = new URLSearchParams();
  for (const [key, values] of Object.entries(chosen)) for (const value of values) parameters.append(key, value);
  for (const value of within) parameters.append('within', value);
  if (only !== '') parameters.set('only', only);
  if (text !== '') parameters.set('q', text);
  if (sort !== '') parameters.set('sort', sort);
  const query = parameters.toString().replaceAll('%3A', ':').replaceAll('%2F', '/');
  return query === '' ? '' : `?${query}`;
}
