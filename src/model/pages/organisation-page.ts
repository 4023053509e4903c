import type { EntityLink } from './parts.ts';

/** A group in the tree of the organisation, with what it stands for in numbers. */
export type GroupNode = {
  link: EntityLink;
  type?: string;
  /** People in it, and with the groups below it. */
  people: number;
  allPeople: number;
  owned: number;
  allOwned: number;
  groups: GroupNode[];
};

/** Who there is: groups by their parents, and the people who are in none. */
export type OrganisationPage = { roots: GroupNode[]; groups: number; people: number; alone: EntityLink[] };
