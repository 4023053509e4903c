import type { Context } from '../context.ts';
import { toDate } from '../git/objects.ts';
import type { Cost } from './cost.ts';
import type { Fields } from './fields.ts';
import { findGitObject } from './git-objects.ts';
import { type NodeAddress, parseNodeId } from './node-id.ts';
import { toOrganisation, toOwner } from './owner.ts';
import { toPerson } from './person.ts';
import { notResolved } from './refusal.ts';
import { toRepository } from './repository.ts';

/** Where every query begins. */
export function toQuery(context: Context, cost: Cost): Fields {
  return {
    __typename: 'Query',
    viewer: () => toViewer(context),
    rateLimit: () => toRateLimit(context, cost),
    repositoryOwner: ({ login }: { login: string }) => toOwner(context, login),
    organization: ({ login }: { login: string }) => {
      const organisation = context.world.findOrganisation(login);
      if (!organisation) throw notResolved('Organization', `login of '${login}'`);
      return toOrganisation(context, organisation);
    },
    user: ({ login }: { login: string }) => {
      const person = context.world.people.get(login.toLowerCase());
      if (!person) throw notResolved('User', `login of '${login}'`);
      return toPerson(context, person);
    },
    repository: ({ owner, name, followRenames }: { owner: string; name: string; followRenames?: boolean | null }) =>
      findRepository(context, `${owner}/${name}`, followRenames ?? true),
    node: ({ id }: { id: string }) => findNode(context, id),
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => findNode(context, id)),
  };
}

function findRepository(context: Context, slug: string, followRenames: boolean): Fields {
  const { repository, hasMoved } = context.world.findRepository(slug) ?? {};
  if (!repository || !context.identity.sees(repository) || (hasMoved && !followRenames))
    throw notResolved('Repository', `name '${slug}'`);
  return toRepository(context, repository);
}

function toViewer(context: Context): Fields {
  const { login } = context.identity;
  const person = context.world.people.get(login.toLowerCase());
  if (person) return toPerson(context, person);
  return toPerson(context, { databaseId: 0, login, name: null, email: null, bio: null });
}

function toRateLimit({ budgets, identity }: Context, { points, nodes }: Cost): Fields | null {
  const budget = budgets.find(identity, 'graphql');
  if (!budget) return null;
  const { limit, remaining, used, resetAt } = budget;
  return { __typename: 'RateLimit', cost: points, nodeCount: nodes, limit, remaining, used, resetAt: toDate(resetAt) };
}

async function findNode(context: Context, id: string): Promise<Fields> {
  const address = parseNodeId(id);
  const found = await nodes[address.prefix]?.(context, address);
  if (!found) throw notResolved('node', `global id of '${id}'`);
  return found;
}

type FindNode = (context: Context, address: NodeAddress) => Promise<Fields | null> | Fields | null;

const findObjectNode: FindNode = (context, { key }) => {
  const [databaseId = '', oid = ''] = key.split(':');
  const repository = context.world.repositories.get(Number(databaseId));
  return repository && context.identity.may('contents', repository) ? findGitObject(context, repository, oid) : null;
};

const nodes: Record<string, FindNode> = {
  R: (context, { key }) => {
    const repository = context.world.repositories.get(Number(key));
    return repository && context.identity.sees(repository) ? toRepository(context, repository) : null;
  },
  O: (context, { key }) => {
    const found = [...context.world.organisations.values()].find(({ databaseId }) => databaseId === Number(key));
    return found ? toOrganisation(context, found) : null;
  },
  U: (context, { key }) => {
    const found = [...context.world.people.values()].find(({ databaseId }) => databaseId === Number(key));
    return found ? toPerson(context, found) : null;
  },
  B: findObjectNode,
  TR: findObjectNode,
  C: findObjectNode,
  TA: findObjectNode,
};
