import type { Context } from '../context.ts';
import { type Answer, notFound, toConditional, toRefusal } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import { toLimitHeaders } from '../limits/budgets.ts';
import { findDeparture } from '../schemas/conformance.ts';
import { type findRoute, toOperation } from './route.ts';

/** Answers one REST call. What the client has already, and `/rate_limit`, costs nothing. */
export async function answerRest(found: ReturnType<typeof findRoute>, call: Call, context: Context): Promise<Answer> {
  const { identity, budgets } = context;
  const isFree = found?.route.isFree ?? false;
  const spent = !isFree && budgets.find(identity, 'core')?.remaining === 0;
  const answer = spent
    ? toRefusal(403, `API rate limit exceeded for ${identity.title}.`)
    : await toWhole(found, call, context);
  const points = spent || isFree || answer.status === 304 ? 0 : 1;
  budgets.take(identity, 'core', points);
  const scopes: Record<string, string> = identity.scopes ? { 'x-oauth-scopes': identity.scopes.join(', ') } : {};
  return {
    ...answer,
    points,
    headers: { ...answer.headers, ...scopes, ...toLimitHeaders(budgets.find(identity, 'core')) },
  };
}

async function toWhole(found: ReturnType<typeof findRoute>, call: Call, context: Context): Promise<Answer> {
  if (!found) return notFound();
  const { route, words } = found;
  const answer = await route.answer({ words, query: call.url.searchParams, call, context });
  const departure = findDeparture(toOperation(route), answer);
  if (departure !== undefined) return toRefusal(500, departure);
  return toConditional(answer, call.headers['if-none-match']);
}
