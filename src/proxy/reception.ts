import type { Context } from 'hono';
import type { Arrival } from './arrival.ts';
import { toAddress } from './guard/address.ts';
import { isId, parseQuery } from './guard/question.ts';
import { toViewer, toViewerKey } from './identity.ts';
import type { House } from './parts.ts';
import { type RefusalCode, toRefusal } from './refusals.ts';
import { type Reply, type Route, toRefused } from './routes/define.ts';

const unproved: Readonly<Record<'refused' | 'unknown', RefusalCode>> = {
  refused: 'sign-in',
  unknown: 'sign-in-unknown',
};

/** Answers a question that kept the rules: when there is room, to those who may ask, as often as they may. */
export async function answerQuestion(row: Route, arrival: Arrival, context: Context, house: House): Promise<Reply> {
  const leave = house.limits.enter();
  if (!leave) return toRefused('busy');
  try {
    return await receive(row, arrival, context, house);
  } finally {
    leave();
  }
}

async function receive(row: Route, arrival: Arrival, context: Context, house: House): Promise<Reply> {
  const { findHeader } = arrival;
  const address = toAddress(arrival.address, findHeader('x-forwarded-for'), house.settings.proxiesInFront);
  const identification = await house.identify(findHeader, arrival.claims);
  if (identification.kind === 'refused' || identification.kind === 'unknown')
    return (await findExcess(`unproved ${address}`, 1, house)) ?? toRefused(unproved[identification.kind]);
  const catalog = house.findCatalog();
  const viewer = identification.kind === 'anonymous' ? identification : toViewer(identification.claims, catalog);
  const viewerKey = toViewerKey(viewer, address);
  const user = viewer.kind === 'anonymous' ? {} : { user: viewerKey };
  const query = parseQuery(arrival.target, row.parameters);
  const excess = await findExcess(viewerKey, query.value ? row.toCost(query.value) : 1, house);
  if (excess) return { ...excess, ...user };
  if (query.refusal) return toRefused(query.refusal, user);
  const find = (part: string) => context.req.param(part) ?? '';
  if (!row.ids.every((part) => isId(find(part)))) return toRefused('wrong-id', user);
  if (!catalog) return toRefused('no-catalog', user);
  return {
    ...(await row.answer({ find, query: query.value, arrival, viewer, viewerKey, catalog, context }, house)),
    ...user,
  };
}

/** Takes points from what a viewer may ask; a refusal when it is not enough. */
async function findExcess(key: string, points: number, { limits }: House): Promise<Reply | undefined> {
  const taken = await limits.take(key, points);
  if (taken.isAllowed) return undefined;
  return { response: toRefusal('too-often', { 'retry-after': String(taken.retryAfter) }), state: 'too-often' };
}
