import { findWidget } from '#model/live/widgets.ts';
import type { KeptAnswer } from '../answering/answers.ts';
import { toAuthorisationClass } from '../identity.ts';
import { answerHeaders } from '../refusals.ts';
import { defineRoute, toAskedRef, toRefused } from './define.ts';

/** What one widget shows of one entity. */
export const widgetRoute = defineRoute({
  name: 'widget',
  path: '/api/live/:widget/:kind/:namespace/:name',
  ids: ['widget', 'kind', 'namespace', 'name'],
  parameters: [],
  toCost: () => 1,
  answer: async (question, { widgets, answers }) => {
    const row = findWidget(question.find('widget'));
    const widget = widgets.find(({ id }) => id === row?.id);
    if (!row || !widget) return toRefused('unknown-widget');
    const entity = question.catalog.find(toAskedRef(question));
    if (!entity) return toRefused('unknown-entity');
    if (!row.annotations.some((key) => Object.hasOwn(entity.annotations, key)))
      return toRefused('no-annotation', { entity: entity.ref });
    const audience = toAuthorisationClass(question.viewer, entity);
    const { answer, cache } = await answers.read(widget, entity, audience);
    const response = toResponse(answer, question.arrival.findHeader('if-none-match'));
    return { response, state: answer.state, viewed: row.id, entity: entity.ref, cache };
  },
});

function toResponse(answer: KeptAnswer, known: string | undefined): Response {
  const { status, bytes, etag, again, age } = answer;
  if (status === 200) return toTagged(bytes, etag, known);
  const headers = {
    ...answerHeaders,
    'retry-after': String(again),
    ...(age !== undefined && { age: String(age) }),
  };
  return new Response(bytes, { status, headers });
}

/** An answer with its tag, or only that it is what the asker knows already. */
export function toTagged(bytes: Uint8Array<ArrayBuffer>, etag: string, known: string | undefined): Response {
  const headers = { ...answerHeaders, etag };
  if (known === undefined || !isKnown(known, etag)) return new Response(bytes, { status: 200, headers });
  const { 'content-type': _, ...rest } = headers;
  return new Response(null, { status: 304, headers: rest });
}

function isKnown(known: string, etag: string): boolean {
  return known
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');
}
