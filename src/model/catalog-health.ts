/** One thing that every entity of some kinds should have: its words, its rule, and what the catalog must be asked for those without. */
export type Measure = {
  key: 'owner' | 'members' | 'docs' | 'lifecycle' | 'system';
  label: string;
  /** `… have a real owner`. */
  says: string;
  about: string;
  /** The kinds of which it is asked, as refs write them. */
  kinds: readonly string[];
  query: string;
};

/** What is counted of a catalog, in the order of columns. */
export const measures: readonly Measure[] = [
  {
    key: 'owner',
    label: 'Owner',
    says: 'a real owner',
    about:
      'Components, APIs, resources, systems, domains, templates and AI resources of which one owner at least is in the catalog and is not called unknown, none, nobody, unowned, tbd or todo.',
    kinds: ['component', 'api', 'resource', 'system', 'domain', 'template', 'airesource'],
    query: 'ownership=unknown&ownership=undefined&ownership=none',
  },
  {
    key: 'members',
    label: 'Members',
    says: 'members',
    about: 'Groups with at least one person in them or in a group below them.',
    kinds: ['group'],
    query: 'members=',
  },
  {
    key: 'docs',
    label: 'Docs',
    says: 'docs',
    about: 'Components, systems and APIs that have documentation here.',
    kinds: ['component', 'system', 'api'],
    query: 'docs=',
  },
  {
    key: 'lifecycle',
    label: 'Lifecycle',
    says: 'a lifecycle',
    about: 'Components and APIs that say how far along they are.',
    kinds: ['component', 'api'],
    query: 'lifecycle=',
  },
  {
    key: 'system',
    label: 'System',
    says: 'a system',
    about: 'Components, APIs and resources that name a system they are part of, whether or not it is in the catalog.',
    kinds: ['component', 'api', 'resource'],
    query: 'system=',
  },
];

/** The catalog's list of what lacks something, of all the kinds it is asked of, and of one owner if one is named. */
export function toLackingPath({ kinds, query }: Measure, owner?: string): string {
  const whose = owner === undefined ? '' : `&owner=${owner}`;
  return `/catalog/?${kinds.map((kind) => `kind=${kind}`).join('&')}&${query}${whose}`;
}
